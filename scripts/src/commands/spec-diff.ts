import { resolve } from "node:path";
import { diffSpecs } from "../diff/diff-specs.ts";
import { markdownOf } from "../diff/report/markdown-report.ts";
import { parseRevisionFile, withRevisionFile } from "../diff/revision-file.ts";
import type { SpecDiff } from "../diff/spec-diff.ts";
import { textOf } from "../diff/report/text-report.ts";
import { loadSpec } from "../spec/load-spec.ts";
import { specFiles } from "../release/spec-files.ts";
import { root } from "../cli/repository.ts";
import { shownPath } from "../cli/shown-path.ts";
import { runTool } from "../cli/run-command.ts";
import { UsageError } from "../cli/errors.ts";

const usage = `Usage: pnpm spec:diff [options]

  --json              one JSON object: { severity, changes }
  --markdown          a summary for a pull request
  --base FILE         the old spec; by default, the spec of the last release
  --base REV:PATH     the old spec in a git revision, such as main:spec/openapi.yaml
  --head FILE         the new spec; by default, spec/openapi.yaml
  --help              this text
`;
const flag = { type: "boolean" } as const;
const file = { type: "string" } as const;
const options = { json: flag, markdown: flag, base: file, head: file };

await runTool(usage, { options }, async ({ values: { json, markdown, base, head } }) => {
  if (json && markdown) throw new UsageError("--json and --markdown exclude each other: ask for one.");
  const headFile = head === undefined ? resolve(root, specFiles.head) : resolve(head);
  const diffFrom = async (baseFile: string): Promise<SpecDiff> => {
    const [old, current] = await Promise.all([loadSpec(baseFile), loadSpec(headFile)]);
    return await diffSpecs(old, current);
  };
  const revisionFile = base === undefined ? undefined : parseRevisionFile(base);
  const baseFile = base === undefined ? resolve(root, specFiles.base) : resolve(base);
  const diff =
    revisionFile === undefined ? await diffFrom(baseFile) : await withRevisionFile(revisionFile, diffFrom);
  const names = {
    base: revisionFile === undefined ? shownPath(baseFile) : `${revisionFile.revision}:${revisionFile.path}`,
    head: shownPath(headFile),
  };
  if (json) console.log(JSON.stringify(diff, undefined, 2));
  else console.log(markdown ? markdownOf(diff, names) : textOf(diff, names));
  return 0;
});
