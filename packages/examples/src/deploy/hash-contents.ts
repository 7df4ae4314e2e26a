import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";

/**
 * Returns the SHA-256 of the files in a zip. Two builds of the same source have the same hash, although the zips differ in the times
 * of their files.
 *
 * @throws Error if the file cannot be read, or is not a zip
 */
export async function hashContents(file: string): Promise<string> {
  const hash = createHash("sha256");
  for (const [name, bytes] of Object.entries(entriesOf(file, await readFile(file))).toSorted(byName))
    hash.update(`${name}\0${bytes.byteLength}\0`).update(bytes);
  return hash.digest("hex");
}

function entriesOf(file: string, zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch (cause) {
    throw new Error(`${file} is not a readable zip.`, { cause });
  }
}

function byName([a]: readonly [string, Uint8Array], [b]: readonly [string, Uint8Array]): number {
  return a < b ? -1 : 1;
}
