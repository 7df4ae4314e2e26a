import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../cli/repository.ts";
import { runProgram } from "../cli/run-program.ts";
import { publishedPackages } from "./published-packages.ts";

/** Removes the build output of the published packages. A build that turbo restores from its cache leaves older files there. */
export async function cleanPackages(): Promise<void> {
  for (const { folder } of publishedPackages)
    await rm(join(root, folder, "dist"), { recursive: true, force: true });
}

/** Builds the packages that are published, into empty folders: every file there is published. */
export async function buildPackages(): Promise<void> {
  await cleanPackages();
  const filters = publishedPackages.map(({ name }) => `--filter=${name}`);
  await runProgram("turbo", ["run", "build", ...filters, "--output-logs=errors-only"]);
}

/** Publishes every version that the registry does not have yet. */
export async function publishPackages(...args: readonly string[]): Promise<void> {
  console.log("Publishing without provenance: only the release workflow can sign a provenance statement.");
  await runProgram("changeset", ["publish", ...args]);
}

/**
 * Packs every version that the registry does not have yet.
 *
 * @param folder The folder for the tarballs and their plan, which `changeset publish --from-pack-dir` takes.
 * @param tag The dist-tag under which the packages will be published.
 */
export async function packPackages(folder: string, tag: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const plan = join(folder, "publish-plan.json");
  await runProgram("changeset", ["publish-plan", "--output", plan]);
  await writeFile(plan, withTag(await readFile(plan, "utf8"), tag));
  await runProgram("changeset", ["pack", "--from-publish-plan", plan, "--out-dir", folder]);
}

/** Sets the dist-tag of each release; `changeset publish-plan` has no option for it. */
function withTag(text: string, tag: string): string {
  const { plan, ...rest } = JSON.parse(text) as { plan: readonly (readonly object[])[] };
  return JSON.stringify({
    ...rest,
    plan: plan.map((group) => group.map((release) => ({ ...release, tag }))),
  });
}
