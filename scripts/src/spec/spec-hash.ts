import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/**
 * Returns the SHA-256 of the files of a spec in hexadecimal: the main file first, then the referenced files in the order of their paths.
 */
export async function hashOf([spec = "", ...others]: readonly string[]): Promise<string> {
  const texts = await Promise.all([spec, ...others.toSorted()].map((file) => readFile(file)));
  return createHash("sha256").update(Buffer.concat(texts)).digest("hex");
}
