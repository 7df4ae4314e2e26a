import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { buildPackages } from "../release/publish.ts";
import { publishedPackages } from "../release/published-packages.ts";
import { root } from "../cli/repository.ts";
import { runProgram } from "../cli/run-program.ts";
import { runTool } from "../cli/run-command.ts";

// Packs the packages as they would be published, so that another project can install them from files.
const usage = "Usage: pnpm pack:all\n\nWrites one tarball for each published package into dist/.";

await runTool(usage, {}, async () => {
  const folder = join(root, "dist");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await buildPackages();
  for (const { name } of publishedPackages)
    await runProgram("pnpm", ["--silent", "--filter", name, "pack", "--pack-destination", "dist"]);
  const files = await readdir(folder);
  const quoted = (name: string) =>
    files
      .filter((file) => file.startsWith(`isc-customizers-${name}-`))
      .map((file) => `"${join(folder, file)}"`);
  const client = [...quoted("types"), ...quoted("client")].join(" ");
  console.log(`
Install the client in a project with:

  npm install ${client}

and the mock tenant for its tests, on Node 22.19 or later, with:

  npm install --save-dev ${quoted("mock-tenant").join(" ")}`);
  return 0;
});
