import { createHash } from "node:crypto";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BodyStream } from "./request-body.ts";
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
 * Takes an upload in and inspects it. The bytes go through a temporary file, which is gone again at the end: a zip's
 * directory stands at its end, and an upload may be larger than memory.
 *
 * @throws UnreadableZipError when there are bytes and they are not a readable zip.
 */
export async function receiveArchive(body: BodyStream): Promise<Archive> {
  const folder = await mkdtemp(join(tmpdir(), "isc-mock-tenant-"));
  try {
    const file = join(folder, "upload.zip");
    const { size, sha256 } = await spool(body, file);
    return { size, sha256, entries: size === 0 ? [] : await readZip(file) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function spool(body: BodyStream, path: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash("sha256");
  let size = 0;
  const file = await open(path, "wx");
  try {
    for await (const chunk of body) {
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest("hex") };
}
