import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { generateFiles } from "../generate/generate-files.ts";
import { compare, write } from "../generate/write-files.ts";
import { root } from "../cli/repository.ts";
import { SpecError } from "../spec/diagnostic.ts";
import { spawnProgram } from "../cli/run-program.ts";
import { runStep, runVisibly, type StepResult } from "../cli/steps.ts";

// Generates and builds the packages, packages a real customizer, and and runs the example `quickstart` with it.

const customizer = join(root, "packages/examples/customizer");

stopUnlessPassed(await runStep("generate", generate));
stopUnlessPassed(await runStep("build", () => spawnProgram("tsdown", ["--logLevel", "warn"])));
if (!(await isPackaged()))
  stopUnlessPassed(
    await runStep("package", () =>
      spawnProgram("pnpm", ["--filter", "account-normalizer", "run", "package"]),
    ),
  );
console.log();
stopUnlessPassed(await runVisibly("quickstart", "node", ["packages/examples/src/run.ts", "quickstart"]));
console.log(`
Next:
  Open the mock tenant's page   npx -y pnpm@12.21.0 mock, then http://127.0.0.1:4010 in a browser
  Run an example                npx -y pnpm@12.21.0 example list-connector-customizers
  Use your own tenant           set SAIL_BASE_URL, SAIL_CLIENT_ID and SAIL_CLIENT_SECRET, and run the demo again`);

function stopUnlessPassed({ passed }: StepResult): void {
  if (!passed) process.exit(1);
}

/** Does what `pnpm generate` does, except for the changeset: the tools for changesets are not installed here. */
async function generate() {
  try {
    const { files } = await generateFiles({});
    await write(files, await compare(files));
    return { passed: true, output: "" };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return { passed: false, output: error.message };
  }
}

/** Returns true if the zip is newer than everything that it is made of. */
async function isPackaged(): Promise<boolean> {
  const { name, version } = JSON.parse(await readFile(join(customizer, "package.json"), "utf8")) as {
    name: string;
    version: string;
  };
  const archive = join(customizer, `dist/${name}-${version}.zip`);
  if (!existsSync(archive)) return false;
  const folders = ["", "src", "scripts"];
  const entries = folders.map((folder) => readdir(join(customizer, folder), { withFileTypes: true }));
  const files = (await Promise.all(entries)).flat().filter((entry) => entry.isFile());
  const times = files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs);
  return (await stat(archive)).mtimeMs > Math.max(...(await Promise.all(times)));
}
