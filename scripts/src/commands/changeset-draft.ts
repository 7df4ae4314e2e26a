import { specItem, surfaceItems } from "../release/changesets/change-item.ts";
import { updateDrafts } from "../release/changesets/drafts.ts";
import { specDiff } from "../release/spec-files.ts";
import { surfaceDiff } from "../release/surface-diff.ts";
import { runTool } from "../cli/run-command.ts";

// Drafts changesets for the changes since the last release that no changeset describes.
await runTool("Usage: pnpm changeset:draft", {}, async () => {
  const spec = await specDiff();
  const messages = [
    ...(await updateDrafts("spec", spec.changes.map(specItem))),
    ...(await updateDrafts("types", surfaceItems(spec, (await surfaceDiff()).changes))),
  ];
  if (messages.length === 0)
    messages.push("The pending changesets describe all changes since the last release.");
  console.log(messages.join("\n"));
  return 0;
});
