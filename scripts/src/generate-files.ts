import { basename, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { buildModel } from "./build-model.ts";
import type { CommandLine } from "./command-line.ts";
import { emitLayers } from "./layers.ts";
import { loadSpec, type Spec } from "./load-spec.ts";
import { findRefusals } from "./refusals.ts";
import { SpecError } from "./spec-error.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The spec that a command line means. */
export function specPath({ spec }: CommandLine): string {
  return spec === undefined ? resolve(root, "spec/openapi.yaml") : resolve(spec);
}

/** Everything generated from a spec. @throws SpecError, before anything is written. */
export async function generateFiles(line: CommandLine): Promise<{ spec: Spec; files: Map<string, string> }> {
  const path = specPath(line);
  const { out } = line;
  const spec = await loadSpec(path);
  const model = buildModel(spec.document, nameOf(path));
  const refusals = findRefusals(model);
  if (refusals.length > 0) {
    throw new SpecError(
      refusals.map(({ pointer, ...problem }) => ({ place: spec.locate(pointer), ...problem })),
    );
  }
  const destination =
    out === undefined
      ? {
          code: resolve(root, "packages/types/src/generated"),
          docs: resolve(root, "docs"),
          standalone: false,
        }
      : { code: resolve(out), docs: resolve(out), standalone: true };
  return { spec, files: emitLayers(model, destination) };
}

/** The spec's name in generated files: the same on every machine, whatever the working directory. */
function nameOf(path: string): string {
  const fromRoot = relative(root, path);
  return fromRoot.startsWith("..") ? basename(path) : fromRoot.replaceAll(sep, "/");
}
