import { join } from "node:path";
import { diffSpecs } from "../diff/diff-specs.ts";
import type { Change, SpecDiff } from "../diff/spec-diff.ts";
import { loadSpec, type Spec } from "../spec/load-spec.ts";
import { readIfPresent } from "../cli/read-if-present.ts";
import { hashOf } from "../spec/spec-hash.ts";
import { root } from "../cli/repository.ts";
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
export async function specDiff(): Promise<SpecDiff> {
  const { diff } = await startSpecDiff();
  return await diff;
}

/**
 * Starts to find the change, which another program does a part of.
 *
 * @param contract Where it was read already.
 */
export async function startSpecDiff(contract?: Spec): Promise<{ readonly diff: Promise<SpecDiff> }> {
  const [base, head] = [join(root, specFiles.base), join(root, specFiles.head)];
  if ((await readIfPresent(base)) === (await readIfPresent(head)))
    return { diff: Promise.resolve(unchanged) };
  const read = Promise.all([loadSpec(base), contract ?? loadContract()]);
  const diff = read.then(async ([old, current]) => {
    const found = await diffSpecs(old, current);
    return found.changes.length > 0 ? found : rewrite;
  });
  // What cannot be read is told to whoever asks for the difference.
  await read.catch(() => {});
  return { diff };
}

const unchanged: SpecDiff = { severity: "none", changes: [] };

const rewritten: Change = {
  severity: "patch",
  rule: "other",
  kind: "changed",
  operationIds: [],
  types: [],
  pointer: "#",
  line: 1,
  file: "head",
  message: "The text of the API's description has changed, but nothing that it says.",
};
const rewrite: SpecDiff = { severity: "patch", changes: [rewritten] };

export async function identifySpec(): Promise<SpecIdentity> {
  const { document, files } = await loadContract();
  return { version: document.info.version, sha256: await hashOf(files) };
}
