import { basename, dirname, relative, resolve, sep } from "node:path";
import { buildModel } from "../model/build-model.ts";
import type { CommandLine } from "./options.ts";
import { emitReport } from "../emit/report.ts";
import { emitFiles } from "../emit/emit-files.ts";
import { loadSpec, type Spec } from "../spec/load/load-spec.ts";
import { root } from "../cli/repository.ts";
import { type Problem, SpecError } from "../spec/diagnostic.ts";
import { hashOf } from "../spec/load/spec-hash.ts";

/** The spec and the output folder; without them, this project's own. */
export type Source = Pick<CommandLine, "spec" | "out">;

/** Returns the path of the spec that a command line names. */
export function specPath({ spec }: Source): string {
  return spec === undefined ? resolve(root, "spec/openapi.yaml") : resolve(spec);
}

export interface Generated {
  readonly spec: Spec;
  readonly files: Map<string, string>;
  /** Problems of the spec. Everything else was generated. */
  readonly diagnostics: readonly Problem[];
}

/**
 * Generates all files from a spec. This project's own spec must not have any problem.
 *
 * @param loaded the spec, if it was read already
 * @throws SpecError before anything is written
 */
export async function generateFiles(line: Source, loaded?: Spec): Promise<Generated> {
  const path = specPath(line);
  const { out } = line;
  const spec = loaded ?? (await loadSpec(path));
  const source = nameOf(path);
  const { model, diagnostics: found } = buildModel(spec.document, source);
  const diagnostics = unique([
    ...spec.problems,
    ...found.map(({ pointer, ...problem }) => ({ place: spec.locate(pointer), ...problem })),
  ]);
  const faults = diagnostics.filter(({ harmless }) => harmless !== true);
  if (line.spec === undefined && faults.length > 0) throw new SpecError(faults);
  const destination =
    out === undefined
      ? {
          code: resolve(root, "packages/types/src/generated"),
          docs: resolve(root, "docs"),
          standalone: false,
          links: {
            source: (pointer: string) => linkTo(spec, pointer),
            result: (type: string) => `[\`${type}\`](results.md#${type.toLowerCase()})`,
          },
        }
      : { code: resolve(out), docs: resolve(out), standalone: true };
  const files = emitFiles(model, destination, await hashOf(spec.files));
  if (out !== undefined)
    files.set(`${destination.code}/report.json`, emitReport(source, dirname(path), diagnostics));
  return { spec, files, diagnostics };
}

/** Links from a page of the reference to a line of the spec. */
function linkTo(spec: Spec, pointer: string): string {
  const { file, line } = spec.locate(pointer);
  const path = nameOf(resolve(file));
  return `[\`${path}\`, line ${line}](../../${path}#L${line})`;
}

/** Removes duplicates, which come from parts that several operations share. */
function unique(problems: readonly Problem[]): Problem[] {
  const byText = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...byText.values()];
}

/** Returns the name of the spec for generated files. It does not depend on the machine or the working directory. */
function nameOf(path: string): string {
  const fromRoot = relative(root, path);
  return fromRoot.startsWith("..") ? basename(path) : fromRoot.replaceAll(sep, "/");
}
