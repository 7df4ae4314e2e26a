import { basename, dirname, relative, resolve, sep } from "node:path";
import { buildModel } from "../model/build-model.ts";
import type { CommandLine } from "./options.ts";
import { emitReport } from "../emit/report.ts";
import { emitLayers } from "../emit/emit-files.ts";
import { loadSpec, type Spec } from "../spec/load-spec.ts";
import { root } from "../cli/repository.ts";
import { type Problem, SpecError } from "../spec/diagnostic.ts";
import { hashOf } from "../spec/spec-hash.ts";

/** The spec and the output folder; without them, this project's own. */
export type Source = Pick<CommandLine, "spec" | "out">;

/** Returns the path of the spec that a command line names. */
export function specPath({ spec }: Source): string {
  return spec === undefined ? resolve(root, "spec/openapi.yaml") : resolve(spec);
}

export interface Generated {
  readonly spec: Spec;
  readonly files: Map<string, string>;
  /** What the files do not have as the spec has it. */
  readonly omissions: readonly Problem[];
}

/**
 * Everything generated from a spec. Of this project's own spec nothing may be left out: it is kept by hand, and goes unread
 * otherwise.
 *
 * @param loaded The spec, where it was read already.
 * @throws SpecError, before anything is written.
 */
export async function generateFiles(line: Source, loaded?: Spec): Promise<Generated> {
  const path = specPath(line);
  const { out } = line;
  const spec = loaded ?? (await loadSpec(path));
  const source = nameOf(path);
  const { model, omissions: found } = buildModel(spec.document, source);
  const omissions = unique([
    ...spec.problems,
    ...found.map(({ pointer, ...problem }) => ({ place: spec.locate(pointer), ...problem })),
  ]);
  const faults = omissions.filter(({ harmless }) => harmless !== true);
  if (line.spec === undefined && faults.length > 0) throw new SpecError(faults);
  const destination =
    out === undefined
      ? {
          code: resolve(root, "packages/types/src/generated"),
          docs: resolve(root, "docs"),
          standalone: false,
        }
      : { code: resolve(out), docs: resolve(out), standalone: true };
  const files = emitLayers(model, destination, await hashOf(spec.files));
  if (out !== undefined)
    files.set(`${destination.code}/report.json`, emitReport(source, dirname(path), omissions));
  return { spec, files, omissions };
}

/** What is shared by many operations is told once. */
function unique(problems: readonly Problem[]): Problem[] {
  const byText = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...byText.values()];
}

/** The spec's name in generated files: the same on every machine, whatever the working directory. */
function nameOf(path: string): string {
  const fromRoot = relative(root, path);
  return fromRoot.startsWith("..") ? basename(path) : fromRoot.replaceAll(sep, "/");
}
