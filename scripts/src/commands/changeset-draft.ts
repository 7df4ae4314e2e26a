import { draftSpecChanges, draftSurfaceChanges } from "../release/draft-changes.ts";
import { specDiff } from "../release/spec-files.ts";
import { surfaceDiff } from "../release/surface-diff.ts";
import { runTool } from "../cli/run-command.ts";

// Writes the changesets that the changes since the last release still need.
await runTool("Usage: pnpm changeset:draft", {}, async () => {
  const spec = await specDiff();
  const done = [await draftSpecChanges(spec), await draftSurfaceChanges(spec, (await surfaceDiff()).changes)];
  for (const line of done) if (line !== undefined) console.log(line);
  if (done.every((line) => line === undefined))
    console.log("The pending changesets tell what has changed since the last release.");
  return 0;
});
