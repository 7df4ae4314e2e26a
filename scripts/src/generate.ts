import { watch } from "chokidar";
import { basename, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { buildModel } from "./build-model.ts";
import { type CommandLine, parseCommandLine, usage, UsageError } from "./command-line.ts";
import { emitLayers } from "./layers.ts";
import { loadSpec, type Spec } from "./load-spec.ts";
import { compare, type Difference, write } from "./output.ts";
import { findRefusals } from "./refusals.ts";
import { SpecError } from "./spec-error.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Everything generated from a spec. @throws SpecError, before anything is written. */
async function generate({
  spec: file,
  out,
}: CommandLine): Promise<{ spec: Spec; files: Map<string, string> }> {
  const path = file === undefined ? resolve(root, "spec/openapi.yaml") : resolve(file);
  const spec = await loadSpec(path);
  const model = buildModel(spec.document, nameOf(path));
  const refusals = findRefusals(model);
  if (refusals.length > 0) {
    throw new SpecError(
      refusals.map(({ pointer, ...problem }) => ({ place: spec.locate(pointer), ...problem })),
    );
  }
  const destination =
    out === undefined
      ? {
          code: resolve(root, "packages/types/src/generated"),
          docs: resolve(root, "docs"),
          standalone: false,
        }
      : { code: resolve(out), docs: resolve(out), standalone: true };
  return { spec, files: emitLayers(model, destination) };
}

/** The spec's name in generated files: the same on every machine, whatever the working directory. */
function nameOf(path: string): string {
  const fromRoot = relative(root, path);
  return fromRoot.startsWith("..") ? basename(path) : fromRoot.replaceAll(sep, "/");
}

async function check(line: CommandLine): Promise<number> {
  const { files } = await generate(line);
  const { stale, orphaned } = await compare(files);
  for (const path of stale) console.error(`${shown(path)} is not what the spec says.`);
  for (const path of orphaned)
    console.error(`${shown(path)} is generated from nothing in the spec any more.`);
  if (stale.length + orphaned.length === 0) return 0;
  const options = [line.spec && ` --spec ${line.spec}`, line.out && ` --out ${line.out}`]
    .filter(Boolean)
    .join("");
  console.error(`\nRun \`pnpm generate${options}\`, and commit what it writes.`);
  return 1;
}

async function update(line: CommandLine): Promise<Spec> {
  const { spec, files } = await generate(line);
  const difference = await compare(files);
  if (line.out !== undefined && difference.foreign.length > 0) {
    throw new UsageError(
      `--out would overwrite what it did not generate: ${difference.foreign.map(shown).join(", ")}.`,
    );
  }
  await write(files, difference);
  report(difference, files.size);
  return spec;
}

function report({ stale, orphaned }: Difference, total: number): void {
  for (const path of stale) console.log(`wrote ${shown(path)}`);
  for (const path of orphaned) console.log(`removed ${shown(path)}`);
  if (stale.length + orphaned.length === 0) console.log(`All ${total} generated files are up to date.`);
}

/** Generates on every save, one run at a time; a spec that is broken meanwhile is reported and waited out. */
async function watchSpec(line: CommandLine): Promise<void> {
  const watcher = watch([], {
    ignoreInitial: true,
    // Without this, a file is read while it is written, and a second save within 50 ms is missed.
    awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 20 },
  });
  let pending = true;
  let running = false;
  const run = async () => {
    if (running) return;
    running = true;
    while (pending) {
      pending = false;
      try {
        const spec = await update(line);
        watcher.add([...spec.files]);
        console.log("Watching for a save.");
      } catch (error) {
        if (!(error instanceof SpecError)) throw error;
        console.error(`${error.message}\n\nNothing was written. Watching for the mend.`);
      }
    }
    running = false;
  };
  watcher.add(line.spec === undefined ? resolve(root, "spec/openapi.yaml") : resolve(line.spec));
  const failure = Promise.withResolvers<never>();
  watcher.on("all", () => {
    pending = true;
    run().catch(failure.reject);
  });
  try {
    await run();
    await failure.promise;
  } finally {
    await watcher.close();
  }
}

function shown(path: string): string {
  return relative(process.cwd(), path).replaceAll(sep, "/");
}

async function main(args: readonly string[]): Promise<number> {
  const line = parseCommandLine(args);
  if (line.help) console.log(usage);
  else if (line.check) return await check(line);
  else if (line.watch) await watchSpec(line);
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
