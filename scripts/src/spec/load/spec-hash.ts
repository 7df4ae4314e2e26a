import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/**
 * Returns the SHA-256 of the files of a spec in hexadecimal: the main file first, then the referenced files in the order of
 * their paths, all with LF line endings.
 */
export async function hashOf([spec = "", ...others]: readonly string[]): Promise<string> {
  const texts = await Promise.all([spec, ...others.toSorted()].map((file) => readFile(file, "utf8")));
  return createHash("sha256").update(texts.join("").replaceAll("\r\n", "\n")).digest("hex");
}
