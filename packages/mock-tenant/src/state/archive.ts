import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { BodyStream } from "../http/request-body.ts";
import { release } from "./release.ts";
import { readZip } from "./zip.ts";
import type { ZipEntry } from "./zip.ts";

/** What an upload held. An upload without a body has size 0 and no entries. */
export interface Archive {
  /** In bytes, as uploaded. */
  readonly size: number;
  /** The hash of the uploaded bytes, in hexadecimal. */
  readonly sha256: string;
  /** In the order of the zip's directory. */
  readonly entries: readonly ZipEntry[];
}

/**
 * Writes an upload to a file and inspects it there: a zip's directory stands at its end, and an upload may be larger than
 * memory.
 *
 * @throws UnreadableZipError when there are bytes and they are not a readable zip.
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
