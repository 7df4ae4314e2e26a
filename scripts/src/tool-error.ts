import { SpecError } from "./spec-error.ts";

/** What a person can put right: a command shows its message, and nothing of where it was thrown. */
export class ToolError extends Error {
  override readonly name: string = "ToolError";
}

/** Runs a command, which tells its exit code. */
export async function runTool(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof ToolError || error instanceof SpecError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
