import { basename } from "node:path";
import { type CommandLine, parseCommandLine, usage, UsageError } from "./command-line.ts";
import { generateFiles, specPath } from "./generate-files.ts";
import type { Spec } from "./load-spec.ts";
import { compare, type Difference, write } from "./output.ts";
import { shownPath } from "./shown-path.ts";
import { SpecError } from "./spec-error.ts";
import { watchSpec } from "./watch-spec.ts";

async function check(line: CommandLine): Promise<number> {
  const { files } = await generateFiles(line);
  const { stale, orphaned } = await compare(files);
  for (const path of stale) console.error(`${shownPath(path)} is not what the spec says.`);
  for (const path of orphaned)
    console.error(`${shownPath(path)} is generated from nothing in the spec any more.`);
  if (stale.length + orphaned.length === 0) return 0;
  const options = [line.spec && ` --spec ${line.spec}`, line.out && ` --out ${line.out}`]
    .filter(Boolean)
    .join("");
  console.error(`\nRun \`pnpm generate${options}\`, and commit what it writes.`);
  return 1;
}

async function update(line: CommandLine): Promise<Spec> {
  const { spec, files } = await generateFiles(line);
  const difference = await compare(files);
  if (line.out !== undefined && difference.foreign.length > 0) {
    throw new UsageError(
      `--out would overwrite what it did not generate: ${difference.foreign.map(shownPath).join(", ")}.`,
    );
  }
  await write(files, difference);
  report(difference, files.size);
  await summarize(files, difference);
  return spec;
}

/** Tells what has changed for users since the last run. What compares is loaded only where there is something to compare. */
async function summarize(files: ReadonlyMap<string, string>, { found }: Difference): Promise<void> {
  for (const [path, before] of found) {
    if (basename(path) !== "openapi.json") continue;
    const { summaryOf } = await import("./diff/summary.ts");
    const summary = summaryOf(before, files.get(path) ?? "");
    if (summary !== "") console.log(`\n${summary}`);
  }
}

function report({ stale, orphaned }: Difference, total: number): void {
  for (const path of stale) console.log(`wrote ${shownPath(path)}`);
  for (const path of orphaned) console.log(`removed ${shownPath(path)}`);
  if (stale.length + orphaned.length === 0) console.log(`All ${total} generated files are up to date.`);
}

async function main(args: readonly string[]): Promise<number> {
  const line = parseCommandLine(args);
  if (line.help) console.log(usage);
  else if (line.check) return await check(line);
  else if (line.watch) await watchSpec(specPath(line), () => update(line));
  else await update(line);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else if (error instanceof SpecError) {
    console.error(`${error.message}\n\nNothing was written.`);
    process.exitCode = 1;
  } else if (isFileError(error)) {
    console.error(`The output cannot be written: ${error.message}`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}
