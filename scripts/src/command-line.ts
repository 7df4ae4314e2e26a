import { parseArgs } from "node:util";

export const usage = `Usage: pnpm generate [options]

  --check             write nothing; exit with 1 and name each stale file
  --watch             generate again on every save of the spec, and draft no changeset
  --spec FILE         another OpenAPI 3.0 or 3.1 file; needs --out
  --out DIR           the folder for everything generated
  --help              this text
`;

export interface CommandLine {
  readonly check: boolean;
  readonly watch: boolean;
  readonly help: boolean;
  readonly spec: string | undefined;
  readonly out: string | undefined;
}

/** A command line that asks for something that there is not. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @throws UsageError for an unknown option, or options that contradict each other. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { check, watch, help, spec, out } = values(args);
  if (check && watch) throw new UsageError("--check writes nothing, so there is nothing to --watch for.");
  if (spec !== undefined && out === undefined) {
    throw new UsageError("--spec needs --out: another API does not go into this one's folders.");
  }
  return { check: check === true, watch: watch === true, help: help === true, spec, out };
}

function values(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        check: { type: "boolean" },
        watch: { type: "boolean" },
        help: { type: "boolean" },
        spec: { type: "string" },
        out: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
