import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { BodyStream } from "../http/request-body.ts";
import { release } from "./release.ts";
import { readZip } from "./zip.ts";
import type { ZipEntry } from "./zip.ts";

/** Contents of an upload. An upload without a body has size 0 and no entries. */
export interface Archive {
  /** Size of the upload, in bytes. */
  readonly size: number;
  /** SHA-256 of the uploaded bytes, in hexadecimal. */
  readonly sha256: string;
  /** Entries in the order of the zip's directory. */
  readonly entries: readonly ZipEntry[];
}

/**
 * Writes an upload to a file and reads the zip from there. The directory of a zip is at its end, and an upload may be larger
 * than memory.
 *
 * @throws UnreadableZipError when a non-empty upload is not a readable zip.
 */
export async function receiveArchive(body: BodyStream, path: string, signal: AbortSignal): Promise<Archive> {
  const hash = createHash("sha256");
  let size = 0;
  const file = await open(path, "wx");
  try {
    for await (const chunk of body) {
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
      release(chunk);
    }
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest("hex"), entries: size === 0 ? [] : await readZip(path, signal) };
}
