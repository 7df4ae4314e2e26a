import { changeItems } from "../release/changesets/change-item.ts";
import { updateDrafts } from "../release/changesets/drafts.ts";
import { refuseOutdatedFiles } from "../generate/check-files.ts";
import { refuseMergeConflicts } from "../release/changesets/pending.ts";
import { specDiff } from "../release/spec-files.ts";
import { surfaceDiff } from "../release/surface-diff.ts";
import { runTool } from "../cli/run-command.ts";

// Drafts changesets for the changes since the last release that no changeset describes.
await runTool("Usage: pnpm changeset:draft", {}, async () => {
  await refuseMergeConflicts();
  await refuseOutdatedFiles();
  const spec = await specDiff();
  const { changes } = await surfaceDiff(spec);
  const items = changeItems(spec, changes);
  const messages = [
    ...(await updateDrafts("spec", items.spec)),
    ...(await updateDrafts("types", items.types)),
  ];
  if (messages.length === 0)
    messages.push("The pending changesets describe all changes since the last release.");
  console.log(messages.join("\n"));
  return 0;
});
