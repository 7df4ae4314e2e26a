import { resolve } from "node:path";
import { UsageError } from "../cli/errors.ts";
import { root } from "../cli/repository.ts";
import { runTool } from "../cli/run-command.ts";
import { shownPath } from "../cli/shown-path.ts";
import { diffSpecs } from "../diff/diff-specs.ts";
import { formatOptions, reportFor } from "../diff/report/formats.ts";
import { parseRevisionFile, withRevisionFile } from "../diff/revision-file.ts";
import { isMoreSevere } from "../diff/severity.ts";
import type { SpecDiff } from "../diff/spec-diff.ts";
import { specFiles } from "../release/spec-files.ts";
import { loadSpec } from "../spec/load/load-spec.ts";

const usage = `Usage: pnpm spec:diff [options]

  --json              one JSON object: { severity, changes }
  --markdown          a summary for a pull request, short enough for a comment on GitHub
  --html              a page that needs no other file
  --github            annotations of a GitHub workflow
  --fail-on SEVERITY  exit with 1 if a change is rated major, minor or patch, or higher
  --base FILE         the old spec; by default, the spec of the last release
  --base REV:PATH     the old spec in a git revision, such as main:spec/openapi.yaml
  --head FILE         the new spec; by default, spec/openapi.yaml
  --help              this text

spec/accepted-breaks.yaml lists breaks that count as minor; docs/severity.md describes it.
`;
const text = { type: "string" } as const;
const options = { ...formatOptions, "fail-on": text, base: text, head: text };
const severities = ["major", "minor", "patch"] as const;

await runTool(usage, { options }, async ({ values: { base, head, "fail-on": limit, ...values } }) => {
  const report = reportFor(values);
  const failOn = severities.find((severity) => severity === limit);
  if (limit !== undefined && failOn === undefined)
    throw new UsageError(`--fail-on must be major, minor or patch; got ${limit}.`);
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
  console.log(report(diff, names));
  return failOn !== undefined && !isMoreSevere(failOn, diff.severity) ? 1 : 0;
});
