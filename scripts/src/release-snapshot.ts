import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { publish } from "./release/publish.ts";
import { versionRelease } from "./release/version-release.ts";
import { root } from "./repository.ts";
import { runProgram } from "./run-program.ts";
import { runTool } from "./tool.ts";
import { ToolError, UsageError } from "./tool-error.ts";

// Publishes what is there as a version of its own, under a tag such as `pr-12`, for people to try before it is merged.
const usage = "Usage: pnpm release:snapshot TAG";

await runTool(usage, { allowPositionals: true }, async ({ positionals: [tag = "", ...others] }) => {
  if (!/^[a-z][\w-]*$/.test(tag) || tag === "latest" || others.length > 0)
    throw new UsageError("TAG must be one word such as `pr-12`, and not `latest`.");
  const { stdout } = await promisify(execFile)("git", ["status", "--porcelain"], { cwd: root });
  if (stdout !== "") {
    throw new ToolError(
      "There are changes that are not committed. A snapshot is made of a commit, so that it can be found again.",
    );
  }
  const version = await versionRelease(tag);
  const packages = ["--filter=@isc-customizers/client", "--filter=@isc-customizers/mock-tenant"];
  await runProgram("turbo", ["run", "build", ...packages, "--output-logs=errors-only"]);
  await publish("--tag", tag, "--no-git-tag");
  console.log(`\nPublished ${version}: \`npm install @isc-customizers/client@${tag}\`.`);
  console.log("`git restore . && git clean -f .changeset` takes back what it wrote here.");
  return 0;
});
