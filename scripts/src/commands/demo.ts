import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../repository.ts";
import { runStep, type Step } from "./steps.ts";

// Builds the packages and a real customizer, then takes the customizer through its life with the example `quickstart`.

const customizer = join(root, "packages/examples/customizer");
const archive = join(customizer, "dist/account-normalizer-1.0.0.zip");

const steps: Step[] = [
  { name: "generate", command: "node", args: ["scripts/src/run-generate.js"] },
  { name: "build", command: "tsc", args: ["-b", "packages/client", "packages/mock-tenant"] },
];
if (!(await isPackaged()))
  steps.push({
    name: "package",
    command: "pnpm",
    args: ["--filter", "account-normalizer", "run", "package"],
  });

for (const step of steps) {
  const { passed } = await runStep(step);
  if (!passed) process.exit(1);
}
console.log();
const quickstart = await runStep({
  name: "quickstart",
  command: "node",
  args: ["packages/examples/src/run.ts", "quickstart"],
  showOutput: true,
});
if (!quickstart.passed) process.exit(1);

console.log(`
Next:
  Open the mock tenant's page   npx -y pnpm@12.21.0 mock, then http://127.0.0.1:4010 in a browser
  Run an example                npx -y pnpm@12.21.0 example list-connector-customizers
  Use your own tenant           set SAIL_BASE_URL, SAIL_CLIENT_ID and SAIL_CLIENT_SECRET, and run the demo again`);

/** Says whether the zip is newer than everything that it is made of. */
async function isPackaged(): Promise<boolean> {
  if (!existsSync(archive)) return false;
  const sources = await readdir(join(customizer, "src"));
  const files = [
    ...sources.map((name) => `src/${name}`),
    "connector-spec.json",
    "package.json",
    "tsconfig.json",
  ];
  const times = await Promise.all(files.map(async (name) => (await stat(join(customizer, name))).mtimeMs));
  return (await stat(archive)).mtimeMs > Math.max(...times);
}
