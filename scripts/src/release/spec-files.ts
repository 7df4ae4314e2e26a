import { join } from "node:path";
import type { Change, SpecDiff } from "../diff/spec-diff.ts";
import { loadSpec, type Spec } from "../load-spec.ts";
import { readIfPresent } from "../read-if-present.ts";
import { hashOf } from "../spec-hash.ts";
import { root } from "../repository.ts";
import type { SpecIdentity } from "./published-packages.ts";

/** The contract, and the contract as it was last released. */
export const specFiles = {
  head: "spec/openapi.yaml",
  base: "spec/released/openapi.yaml",
} as const;

/** The contract as it is now. */
export async function loadContract(): Promise<Spec> {
  return await loadSpec(join(root, specFiles.head));
}

/**
 * The change of the API's description since the last release. The packages carry the hash of its file, so that not even a comment
 * changes without a release.
 */
export async function specDiff(contract?: Spec): Promise<SpecDiff> {
  const [base, head] = [join(root, specFiles.base), join(root, specFiles.head)];
  if ((await readIfPresent(base)) === (await readIfPresent(head))) return { severity: "none", changes: [] };
  // What compares takes long to load.
  const { diffSpecs } = await import("../diff/diff-specs.ts");
  const diff = await diffSpecs(await loadSpec(base), contract ?? (await loadContract()));
  return diff.changes.length > 0 ? diff : { severity: "patch", changes: [rewritten] };
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
  const { document, files } = await loadContract();
  return { version: document.info.version, sha256: await hashOf(files) };
}
