import { changeItems } from "../release/changesets/change-item.ts";
import { checkSeverities, describeMissing } from "../release/changesets/severity-check.ts";
import { staleDrafts } from "../release/changesets/drafts.ts";
import { readPending } from "../release/changesets/pending.ts";
import { refuseOutdatedFiles } from "../generate/check-files.ts";
import { specDiff } from "../release/spec-files.ts";
import { surfaceDiff } from "../release/surface-diff.ts";
import { staleReports } from "../surface/report-files.ts";
import { runTool } from "../cli/run-command.ts";

// Checks that the pending changesets declare the severity of the changes since the last release.
await runTool("Usage: pnpm changeset:check", {}, async () => {
  const pending = await readPending();
  await refuseOutdatedFiles();
  const spec = await specDiff();
  const surface = await surfaceDiff(spec).catch((error: unknown) => {
    // A change of the spec may be the reason why the packages do not build.
    console.error(describeMissing(checkSeverities(changeItems(spec, []), pending), pending.length));
    throw error;
  });
  const items = changeItems(spec, surface.changes);
  const check = checkSeverities(items, pending);
  const problems = [
    describeMissing(check, pending.length),
    ...(await staleDrafts(items)).map(
      (file) =>
        `${file} describes a change that no longer exists. Run \`pnpm changeset:draft\`, which removes it.`,
    ),
    ...[...(await staleReports()).values()].map(
      ({ file }) => `${file} is out of date. Run \`pnpm api:report\`, and commit it.`,
    ),
  ].filter(Boolean);
  if (problems.length > 0) {
    console.error(problems.join("\n"));
    return 1;
  }
  console.log(`The changes since the last release require ${check.required}; declared is ${check.declared}.`);
  return 0;
});
