import { resolve } from "node:path";
import { diffSpecs } from "./diff/diff-specs.ts";
import { markdownOf } from "./diff/markdown-report.ts";
import { textOf } from "./diff/text-report.ts";
import { loadSpec } from "./load-spec.ts";
import { specFiles } from "./release/spec-files.ts";
import { root } from "./repository.ts";
import { shownPath } from "./shown-path.ts";
import { runTool } from "./tool.ts";
import { UsageError } from "./tool-error.ts";

const usage = `Usage: pnpm spec:diff [options]

  --json              one JSON object: { severity, changes }
  --markdown          a summary for a pull request
  --base FILE         what to compare with; by default, the spec as it was released
  --head FILE         what to compare; by default, the spec
  --help              this text
`;
const flag = { type: "boolean" } as const;
const file = { type: "string" } as const;
const options = { json: flag, markdown: flag, base: file, head: file };

await runTool(usage, { options }, async ({ values: { json, markdown, base, head } }) => {
  if (json && markdown) throw new UsageError("--json and --markdown are two forms of the same: ask for one.");
  const files = {
    base: base === undefined ? resolve(root, specFiles.base) : resolve(base),
    head: head === undefined ? resolve(root, specFiles.head) : resolve(head),
  };
  const [old, current] = await Promise.all([loadSpec(files.base), loadSpec(files.head)]);
  const diff = await diffSpecs(old, current);
  const names = { base: shownPath(files.base), head: shownPath(files.head) };
  if (json) console.log(JSON.stringify(diff, undefined, 2));
  else console.log(markdown ? markdownOf(diff, names) : textOf(diff, names));
  return 0;
});
