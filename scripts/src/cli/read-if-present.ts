import { readFile } from "node:fs/promises";

/** Reads a file. Returns `undefined` if it does not exist. @throws Error if it cannot be read */
export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Returns `true` for the error of a missing file or folder. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
