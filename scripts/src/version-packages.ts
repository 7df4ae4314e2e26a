import { versionRelease } from "./release/version-release.ts";
import { runTool } from "./tool.ts";

// Turns the pending changesets into the next version. What it writes is to be committed, and then published.
await runTool("Usage: pnpm version-packages", {}, async () => {
  const version = await versionRelease();
  console.log(`\nEvery package is now ${version}. Commit this; \`pnpm release\` publishes it.`);
  return 0;
});
