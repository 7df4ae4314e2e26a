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
export const options = { check: flag, watch: flag, spec: file, out: file };

export interface CommandLine {
  readonly check?: boolean | undefined;
  readonly watch?: boolean | undefined;
  readonly spec?: string | undefined;
  readonly out?: string | undefined;
}

/** @throws UsageError if the options contradict each other. */
export function checkOptions({ check, watch, spec, out }: CommandLine): void {
  if (check && watch) throw new UsageError("--check writes nothing, so there is nothing to --watch for.");
  if (spec !== undefined && out === undefined) {
    throw new UsageError("--spec needs --out: another API does not go into this one's folders.");
  }
  if (spec?.includes("://")) throw new UsageError("--spec names a file: fetch the spec first.");
}
