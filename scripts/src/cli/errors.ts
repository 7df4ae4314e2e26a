/** What a person can put right: a command shows its message, and nothing of where it was thrown. */
export class ToolError extends Error {
  override readonly name: string = "ToolError";
}

/** A command line that asks for something that there is not. */
export class UsageError extends ToolError {
  override readonly name = "UsageError";
}
