import { parseArgs, type ParseArgsConfig } from "node:util";
import { ToolError, UsageError } from "./errors.ts";

/** The options of a command, for `parseArgs`. */
type Config = Pick<ParseArgsConfig, "options" | "allowPositionals">;

/** @throws UsageError for an unknown option or argument */
export function parseLine<const C extends Config>(args: readonly string[], config: C) {
  try {
    return parseArgs({ ...config, args: [...args] });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Runs a command, and sets the exit code that it returns. An invalid command line prints the usage.
 *
 * @param usage The text for `--help`.
 */
export async function runTool<const C extends Config>(
  usage: string,
  config: C,
  command: (line: ReturnType<typeof parseLine<C>>) => Promise<number>,
): Promise<void> {
  try {
    const args = process.argv.slice(2);
    if (args.includes("--help")) console.log(usage);
    else process.exitCode = await command(parseLine(args, config));
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const isMisuse = error instanceof UsageError;
    console.error(isMisuse ? `${error.message}\n\n${usage}` : error.message);
    process.exitCode = isMisuse ? 2 : 1;
  }
}
