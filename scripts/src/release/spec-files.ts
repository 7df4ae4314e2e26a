import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { diffSpecs } from "../diff/diff-specs.ts";
import type { Change, SpecDiff } from "../diff/spec-diff.ts";
import { loadSpec, type Spec } from "../spec/load/load-spec.ts";
import { readIfPresent } from "../cli/read-if-present.ts";
import { hashOf } from "../spec/load/spec-hash.ts";
import { root } from "../cli/repository.ts";
import type { SpecIdentity } from "./published-packages.ts";

/** The spec, and the spec of the last release. */
export const specFiles = {
  head: "spec/openapi.yaml",
  base: "spec/released/openapi.yaml",
} as const;

/** Loads the spec. */
export async function loadContract(): Promise<Spec> {
  return await loadSpec(join(root, specFiles.head));
}

/**
 * Compares the spec with that of the last release. The packages contain the hash of the file, so even a changed comment is a patch.
 */
export async function specDiff(): Promise<SpecDiff> {
  const { diff } = await startSpecDiff();
  return await diff;
}

/**
 * Starts the comparison, so that the caller can work meanwhile.
 *
 * @param contract The spec, if it was loaded already.
 */
export async function startSpecDiff(contract?: Spec): Promise<{ readonly diff: Promise<SpecDiff> }> {
  const released = await readText(specFiles.base);
  if (released === (await readText(specFiles.head))) return { diff: Promise.resolve(unchanged) };
  const read = Promise.all([loadSpec(join(root, specFiles.base)), contract ?? loadContract()]);
  const diff = read.then(async ([old, current]) => {
    if (current.files.length > 1 && released === (await bundledText(current))) return unchanged;
    const found = await diffSpecs(old, current);
    return found.changes.length > 0 ? found : rewrite;
  });
  // Awaiting `diff` throws the error of a broken spec.
  await read.catch(() => {});
  return { diff };
}

/** The text of a spec in one file. Only this project's own file keeps its comments. */
export async function bundledText({ document, files }: Spec): Promise<string> {
  const [file = ""] = files;
  return files.length === 1 ? await readFile(file, "utf8") : stringify(document);
}

async function readText(file: string): Promise<string | undefined> {
  return (await readIfPresent(join(root, file)))?.replaceAll("\r\n", "\n");
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
  message: "Only the text of the spec changed, such as a comment.",
};
const rewrite: SpecDiff = { severity: "patch", changes: [rewritten] };

export async function identifySpec(): Promise<SpecIdentity> {
  const { document, files } = await loadContract();
  return { version: document.info.version, sha256: await hashOf(files) };
}
