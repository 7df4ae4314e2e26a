import { demandOf, describeMissing } from "../release/demand.ts";
import { strayDrafts } from "../release/draft-changes.ts";
import { readPending } from "../release/pending.ts";
import { specDiff } from "../release/spec-files.ts";
import { surfaceDiff } from "../release/surface-diff.ts";
import { runTool } from "../cli/run-command.ts";

// Whether the pending changesets declare what the changes since the last release demand.
await runTool("Usage: pnpm changeset:check", {}, async () => {
  const pending = await readPending();
  const spec = await specDiff();
  const surface = await surfaceDiff().catch((error: unknown) => {
    // What is known is told: a change of the spec may be the very reason why the packages do not build.
    console.error(describeMissing(demandOf(spec, [], pending), pending.length));
    throw error;
  });
  const demand = demandOf(spec, surface.changes, pending);
  if (demand.undeclared.length > 0) {
    console.error(describeMissing(demand, pending.length));
    return 1;
  }
  const stray = await strayDrafts(spec, surface.changes);
  if (stray.length > 0) {
    console.error(`${stray.join(" and ")} would tell users of a change that there is not any more.`);
    console.error("Run `pnpm changeset:draft`, which takes it back.");
    return 1;
  }
  console.log(
    `The changes since the last release demand ${demand.demanded}; declared is ${demand.declared}.`,
  );
  return 0;
});
