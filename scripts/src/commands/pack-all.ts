import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { buildPackages } from "../release/publish.ts";
import { publishedPackages } from "../release/published-packages.ts";
import { root } from "../repository.ts";
import { runProgram } from "../run-program.ts";
import { runTool } from "../tool.ts";

// Packs the packages as they would be published, so that another project can install them from files.
const usage = "Usage: pnpm pack:all\n\nWrites one tarball for each published package into dist/.";

await runTool(usage, {}, async () => {
  const folder = join(root, "dist");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await buildPackages();
  for (const { name } of publishedPackages)
    await runProgram("pnpm", ["--silent", "--filter", name, "pack", "--pack-destination", "../../dist"]);
  const tarballs = (await readdir(folder)).map((file) => `"${join(folder, file)}"`);
  console.log(`\nInstall them in a project with:\n\n  npm install ${tarballs.join(" ")}`);
  return 0;
});
