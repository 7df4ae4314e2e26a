import { publishPackages } from "./release/publish.ts";
import { findUnreleased } from "./release/unreleased.ts";
import { runProgram } from "./run-program.ts";
import { runTool } from "./tool.ts";
import { ToolError } from "./tool-error.ts";

const usage = `Usage: pnpm release [options]

  --dry-run           check and build the packages; publish nothing
  --help              this text
`;
const options = { "dry-run": { type: "boolean" } } as const;

const checks = ["check:format", "check:lint", "check:types", "check:drift", "check:api", "spec:lint"];

// Checks, builds and publishes the version that `pnpm version-packages` made.
await runTool(usage, { options }, async ({ values: { "dry-run": isDryRun } }) => {
  const unreleased = await findUnreleased();
  if (unreleased.length > 0) {
    throw new ToolError(`${unreleased.join("\n")}\n\nRun \`pnpm version-packages\` and commit the result.`);
  }
  await runProgram("turbo", ["run", "build", ...checks, "--output-logs=errors-only"]);
  if (isDryRun) console.log("The packages are ready to be published.");
  else await publishPackages();
  return 0;
});
