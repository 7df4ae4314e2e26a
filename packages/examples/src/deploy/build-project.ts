import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const defaultProject = fileURLToPath(new URL("../../customizer", import.meta.url));

/** Runs the project's script `package`. @returns the project's name, and the path of the zip that `spcx package` wrote */
export async function buildProject(folder: string): Promise<{ name: string; zip: string }> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const { name, version } = manifest as { name: string; version: string };
  console.log(`Building ${name} ${version}`);
  // Its output is shown only by an error: a pipeline's log should have the steps of the deployment.
  const child = spawn("npm run --silent package", {
    cwd: folder,
    shell: true,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`\`npm run package\` failed in ${folder}.`);
  return { name, zip: join(folder, `dist/${name}-${version}.zip`) };
}
