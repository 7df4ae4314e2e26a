import { shownPath } from "../cli/shown-path.ts";
import { ToolError } from "../cli/errors.ts";
import { generateFiles, type Source } from "./generate-files.ts";
import { compare } from "./write-files.ts";

/** Lists the generated files that are out of date. */
export async function outdatedFiles(source: Source): Promise<string[]> {
  const { files } = await generateFiles(source);
  const { stale, orphaned } = await compare(files);
  return [
    ...stale.map((path) => `${shownPath(path)} is out of date.`),
    ...orphaned.map((path) => `${shownPath(path)} is no longer generated from the spec.`),
  ];
}

/**
 * Makes sure that the packages contain the spec: otherwise, a release would not contain the changes that its changelog lists.
 *
 * @throws SpecError if the spec has problems.
 * @throws ToolError if a generated file is out of date.
 */
export async function refuseOutdatedFiles(): Promise<void> {
  const outdated = await outdatedFiles({});
  if (outdated.length > 0)
    throw new ToolError(`${outdated.join("\n")}\n\nRun \`pnpm generate\`, and commit what it writes.`);
}
