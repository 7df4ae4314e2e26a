import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "./command-line.ts";
import { diffSpecs } from "./diff/diff-specs.ts";
import { markdownOf } from "./diff/markdown-report.ts";
import { textOf } from "./diff/text-report.ts";
import { loadSpec } from "./load-spec.ts";
import { root } from "./repository.ts";
import { shownPath } from "./shown-path.ts";
import { SpecError } from "./spec-error.ts";

const usage = `Usage: pnpm spec:diff [options]

  --json              one JSON object: { severity, changes }
  --markdown          a summary for a pull request
  --base FILE         what to compare with; by default, the spec as it was released
  --head FILE         what to compare; by default, the spec
  --help              this text
`;

async function main(args: readonly string[]): Promise<void> {
  const { help, json, markdown, base, head } = optionsIn(args);
  if (help) {
    console.log(usage);
    return;
  }
  if (json && markdown) throw new UsageError("--json and --markdown are two forms of the same: ask for one.");
  const files = {
    base: base === undefined ? resolve(root, "spec/released/openapi.yaml") : resolve(base),
    head: head === undefined ? resolve(root, "spec/openapi.yaml") : resolve(head),
  };
  const [old, current] = await Promise.all([loadSpec(files.base), loadSpec(files.head)]);
  const diff = await diffSpecs(old, current);
  const names = { base: shownPath(files.base), head: shownPath(files.head) };
  if (json) console.log(JSON.stringify(diff, undefined, 2));
  else console.log(markdown ? markdownOf(diff, names) : textOf(diff, names));
}

function optionsIn(args: readonly string[]) {
  const flag = { type: "boolean" } as const;
  const file = { type: "string" } as const;
  try {
    const options = { help: flag, json: flag, markdown: flag, base: file, head: file };
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof SpecError)) throw error;
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
