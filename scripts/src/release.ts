import { publish } from "./release/publish.ts";
import { findUnreleased } from "./release/unreleased.ts";
import { runProgram } from "./run-program.ts";
import { runTool } from "./tool.ts";
import { ToolError } from "./tool-error.ts";

const checks = ["check:format", "check:lint", "check:types", "check:drift", "check:api", "check:spec"];

// Builds, checks and publishes the version that `pnpm version-packages` made.
await runTool("Usage: pnpm release", {}, async () => {
  const unreleased = await findUnreleased();
  if (unreleased.length > 0) {
    throw new ToolError(
      `${unreleased.join("\n")}\n\nRun \`pnpm version-packages\`, and commit what it writes.`,
    );
  }
  await runProgram("turbo", ["run", "build", ...checks, "--output-logs=errors-only"]);
  await publish();
  return 0;
});
