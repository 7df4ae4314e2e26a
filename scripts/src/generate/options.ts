import { parseLine } from "../cli/run-command.ts";
import { UsageError } from "../cli/errors.ts";

export const usage = `Usage: pnpm generate [options]

  --check             write nothing; exit with 1 and name each stale file
  --watch             generate again on every save of the spec, and draft no changeset
  --spec FILE         another OpenAPI 3.0 or 3.1 file; needs --out
  --out DIR           the folder for everything generated
  --help              this text
`;

const flag = { type: "boolean" } as const;
const file = { type: "string" } as const;
const options = { check: flag, watch: flag, help: flag, spec: file, out: file };

export interface CommandLine {
  readonly check: boolean;
  readonly watch: boolean;
  readonly help: boolean;
  readonly spec: string | undefined;
  readonly out: string | undefined;
}

/** @throws UsageError for an unknown option, or options that contradict each other. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { check, watch, help, spec, out } = parseLine(args, { options }).values;
  if (check && watch) throw new UsageError("--check writes nothing, so there is nothing to --watch for.");
  if (spec !== undefined && out === undefined) {
    throw new UsageError("--spec needs --out: another API does not go into this one's folders.");
  }
  if (spec?.includes("://")) throw new UsageError("--spec names a file: fetch the spec first.");
  return { check: check === true, watch: watch === true, help: help === true, spec, out };
}
