import { existsSync } from "node:fs";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Client } from "@isc-customizers/client";
import { zipFromFile } from "@isc-customizers/client/node";
import { hashContents } from "../deploy/hash-contents.ts";

/** The result for one zip. */
export interface Synced {
  readonly name: string;
  readonly action: "was created" | "was updated" | "is up to date";
}

/** The contents of the archives that were uploaded, by tenant and customizer. The API does not say which archive a version has. */
type Record = { [tenant: string]: { [customizer: string]: { sha256: string; version: number } } };

/**
 * Uploads each zip of a folder whose contents the tenant does not have yet. An interrupted run can be run again.
 *
 * @throws Error if several customizers have the name of a zip, or a file is not a zip
 */
export async function* syncFolder(client: Client, folder: string, tenant: string): AsyncGenerator<Synced> {
  const file = join(folder, ".synced.json");
  const record = JSON.parse(existsSync(file) ? await readFile(file, "utf8") : "{}") as Record;
  const known = (record[tenant] ??= {});
  const customizers = await client.listConnectorCustomizers().all();
  for (const zip of (await readdir(folder)).filter((path) => path.endsWith(".zip")).toSorted()) {
    const path = join(folder, zip);
    const name = basename(zip, ".zip");
    const sha256 = await hashContents(path);
    const [found, ...others] = customizers.filter((customizer) => customizer.name === name);
    if (others.length > 0)
      throw new Error(`Several customizers have the name "${name}". Rename all but one.`);
    const uploaded = found && known[found.id];
    if (uploaded?.sha256 === sha256 && uploaded.version === found?.imageVersion) {
      yield { name, action: "is up to date" };
      continue;
    }
    const { id } = found ?? (await client.createConnectorCustomizer({ body: { name } }));
    await client.createConnectorCustomizerVersion({ id, body: await zipFromFile(path) });
    const { imageVersion = 0 } = await client.getConnectorCustomizer({ id });
    known[id] = { sha256, version: imageVersion };
    // Replaces the file as a whole, so that an interruption leaves no half of it.
    await writeFile(`${file}.${process.pid}`, JSON.stringify(record, undefined, 2));
    await rename(`${file}.${process.pid}`, file);
    yield { name, action: found ? "was updated" : "was created" };
  }
}
