import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { buildPackages, packPackages, publishPackages } from "../release/publish.ts";
import { refuseOutdatedFiles } from "../generate/check-files.ts";
import { refuseMergeConflicts } from "../release/changesets/pending.ts";
import { versionRelease } from "../release/version-release.ts";
import { root } from "../cli/repository.ts";
import { runTool } from "../cli/run-command.ts";
import { ToolError, UsageError } from "../cli/errors.ts";

// Publishes the current commit under a dist-tag such as `pr-12`, so that people can try it before it is merged.
const usage = `Usage: pnpm release:snapshot TAG [options]

  --pack DIR          pack the tarballs into DIR; publish nothing
  --help              this text
`;
const config = { allowPositionals: true, options: { pack: { type: "string" } } } as const;

await runTool(usage, config, async ({ positionals: [tag = "", ...others], values: { pack } }) => {
  if (!/^[a-z][\w-]*$/.test(tag) || tag === "latest" || others.length > 0)
    throw new UsageError("TAG must be one word such as `pr-12`, and not `latest`.");
  const { stdout } = await promisify(execFile)("git", ["status", "--porcelain"], { cwd: root });
  if (stdout !== "")
    throw new ToolError("There are uncommitted changes. Commit them: a snapshot is named after its commit.");
  await refuseMergeConflicts();
  await refuseOutdatedFiles();
  const version = await versionRelease(tag);
  await buildPackages();
  if (pack === undefined) {
    await publishPackages("--tag", tag, "--no-git-tag");
    console.log(`\nPublished ${version}: \`npm install @isc-customizers/client@${tag}\`.`);
  } else {
    await packPackages(resolve(pack), tag);
    console.log(`\nPacked ${version} into ${pack}.`);
  }
  console.log("`git restore . && git clean -f .changeset` undoes the changes in this folder.");
  return 0;
});
