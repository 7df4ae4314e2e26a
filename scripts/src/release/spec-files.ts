import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { diffSpecs } from "../diff/diff-specs.ts";
import type { Change, SpecDiff } from "../diff/spec-diff.ts";
import { loadSpec, type Spec } from "../spec/load/load-spec.ts";
import { hashOf } from "../spec/load/spec-hash.ts";
import { root } from "../cli/repository.ts";
import { readManifest, type SpecIdentity } from "./published-packages.ts";

/** The spec, and the spec of the last release. */
export const specFiles = {
  head: "spec/openapi.yaml",
  base: "spec/released/openapi.yaml",
} as const;

export async function loadContract(): Promise<Spec> {
  return await loadSpec(join(root, specFiles.head));
}

/**
 * Compares the spec with that of the last release. The packages contain the hash of the files, so even a changed comment is a patch.
 *
 * @param contract The spec, if it was loaded already.
 */
export async function specDiff(contract?: Spec): Promise<SpecDiff> {
  const current = contract ?? (await loadContract());
  const [{ sha256 }, released] = [await identifySpec(current), await readManifest("packages/types")];
  if (released.spec?.sha256 === sha256) return { severity: "none", changes: [] };
  const found = await diffSpecs(await loadSpec(join(root, specFiles.base)), current);
  return found.changes.length > 0 ? found : { severity: "patch", changes: [rewritten] };
}

/** The text of a spec in one file. Only a spec of one file keeps its comments. */
export async function bundledText({ document, files }: Spec): Promise<string> {
  const [file = ""] = files;
  if (files.length > 1) return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
  return (await readFile(file, "utf8")).replaceAll("\r\n", "\n");
}

const rewritten: Change = {
  severity: "patch",
  rule: "other",
  kind: "changed",
  operationIds: [],
  types: [],
  pointer: "#",
  line: 1,
  file: "head",
  message: "Only the text of the spec changed, such as a comment.",
};

export async function identifySpec({ document, files }: Spec): Promise<SpecIdentity> {
  return { version: document.info.version, sha256: await hashOf(files) };
}
