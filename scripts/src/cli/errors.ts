/** An error that the user can fix. A command prints its message without a stack trace. */
export class ToolError extends Error {
  override readonly name: string = "ToolError";
}

/** An invalid command line. */
export class UsageError extends ToolError {
  override readonly name = "UsageError";
}
