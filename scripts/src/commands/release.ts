import { checks } from "../cli/checks.ts";
import { buildPackages, publishPackages } from "../release/publish.ts";
import { findUnreleased } from "../release/unreleased.ts";
import { runProgram } from "../cli/run-program.ts";
import { runTool } from "../cli/run-command.ts";
import { ToolError } from "../cli/errors.ts";

const usage = `Usage: pnpm release [options]

  --build             only build the packages; the release workflow tests and publishes them in jobs of their own
  --help              this text
`;
const options = { build: { type: "boolean" } } as const;

// Checks, builds and publishes the version that `pnpm version-packages` made.
await runTool(usage, { options }, async ({ values: { build: buildsOnly } }) => {
  const unreleased = await findUnreleased();
  if (unreleased.length > 0) {
    throw new ToolError(`${unreleased.join("\n")}\n\nRun \`pnpm version-packages\` and commit the result.`);
  }
  await buildPackages();
  if (buildsOnly) return 0;
  await runProgram("turbo", ["run", ...checks, "--output-logs=errors-only"]);
  await publishPackages();
  return 0;
});
