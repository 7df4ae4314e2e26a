import { join } from "node:path";
import { diffSpecs } from "../diff/diff-specs.ts";
import type { SpecDiff } from "../diff/spec-diff.ts";
import { loadSpec } from "../load-spec.ts";
import { hashOf } from "../spec-hash.ts";
import { root } from "../repository.ts";
import type { SpecIdentity } from "./published-packages.ts";

/** The contract, and the contract as it was last released. */
export const specFiles = {
  head: "spec/openapi.yaml",
  base: "spec/released/openapi.yaml",
} as const;

/** The change of the API's description since the last release. */
export function specDiff(): Promise<SpecDiff> {
  return diffSpecs(join(root, specFiles.base), join(root, specFiles.head));
}

export async function identifySpec(): Promise<SpecIdentity> {
  const { document, files } = await loadSpec(join(root, specFiles.head));
  return { version: document.info.version, sha256: await hashOf(files) };
}
