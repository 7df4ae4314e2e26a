import { join } from "node:path";
import { diffSpecs } from "../diff/diff-specs.ts";
import type { Change, SpecDiff } from "../diff/spec-diff.ts";
import { loadSpec } from "../load-spec.ts";
import { hashOf } from "../spec-hash.ts";
import { root } from "../repository.ts";
import type { SpecIdentity } from "./published-packages.ts";

/** The contract, and the contract as it was last released. */
export const specFiles = {
  head: "spec/openapi.yaml",
  base: "spec/released/openapi.yaml",
} as const;

/**
 * The change of the API's description since the last release. The packages carry the hash of its file, so that not even a comment
 * changes without a release.
 */
export async function specDiff(): Promise<SpecDiff> {
  const [base, head] = [join(root, specFiles.base), join(root, specFiles.head)];
  const diff = await diffSpecs(base, head);
  if (diff.changes.length > 0 || (await hashOf([base])) === (await hashOf([head]))) return diff;
  return { severity: "patch", changes: [rewritten] };
}

const rewritten: Change = {
  severity: "patch",
  rule: "other",
  kind: "changed",
  subject: "document",
  operationIds: [],
  types: [],
  pointer: "#",
  line: 1,
  file: "head",
  message: "The text of the API's description has changed, but nothing that it says.",
};

export async function identifySpec(): Promise<SpecIdentity> {
  const { document, files } = await loadSpec(join(root, specFiles.head));
  return { version: document.info.version, sha256: await hashOf(files) };
}
