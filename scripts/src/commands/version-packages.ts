import { refuseOutdatedFiles } from "../generate/check-files.ts";
import { refuseMergeConflicts } from "../release/changesets/pending.ts";
import { versionRelease } from "../release/version-release.ts";
import { runTool } from "../cli/run-command.ts";

// Turns the pending changesets into the next version. Its result is committed, then published.
await runTool("Usage: pnpm version-packages", {}, async () => {
  await refuseMergeConflicts();
  await refuseOutdatedFiles();
  const version = await versionRelease();
  console.log(`\nEvery package is now ${version}. Commit the result; \`pnpm release\` publishes it.`);
  return 0;
});
