import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/**
 * SHA-256, in hexadecimal, of the file that a spec was read from; of several, of one after the other: the spec itself, then those that it
 * refers to, by their paths.
 */
export async function hashOf([spec = "", ...others]: readonly string[]): Promise<string> {
  const texts = await Promise.all([spec, ...others.toSorted()].map((file) => readFile(file)));
  return createHash("sha256").update(Buffer.concat(texts)).digest("hex");
}
