import type { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { openPromise } from "yauzl";
import type { Entry, ZipFile } from "yauzl";
import { release } from "./release.ts";

/** A file in a zip, or a folder when its name ends with `/`. */
export interface ZipEntry {
  readonly name: string;
  /** Uncompressed size, in bytes. */
  readonly size: number;
}

// Limits against zip bombs. They are far above the size of a customizer.
const MAX_ENTRIES = 20_000;
const MAX_UNPACKED_BYTES = 1024 ** 3;

/** Thrown when a file is not a zip, or is damaged, encrypted or too large. */
export class UnreadableZipError extends Error {
  override readonly name = "UnreadableZipError";
}

/**
 * Reads the data of every entry of a zip and returns the entries.
 *
 * @throws UnreadableZipError when the file is not a zip, is damaged or encrypted, or unpacks to more than 20,000 entries or 1 GiB.
 */
export async function readZip(path: string, signal: AbortSignal): Promise<ZipEntry[]> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { autoClose: false });
    if (zip.entryCount > MAX_ENTRIES) throw new Error(`more than ${MAX_ENTRIES} entries`);
    const entries: Entry[] = [];
    let size = 0;
    for await (const entry of zip.eachEntry()) {
      // The declared size can be trusted, because `readEntry` refuses larger data.
      size += entry.uncompressedSize;
      if (size > MAX_UNPACKED_BYTES) throw new Error(`more than ${MAX_UNPACKED_BYTES} bytes when unpacked`);
      entries.push(entry);
    }
    // After the loop, so that a zip bomb is refused before any entry is unpacked.
    for (const entry of entries) await readEntry(zip, entry, signal);
    return entries.map(({ fileName, uncompressedSize }) => ({ name: fileName, size: uncompressedSize }));
  } catch (error) {
    if (signal.aborted || isSystemError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableZipError(`${reason.replace(/\.$/, "")}.`, { cause: error });
  } finally {
    zip?.close();
  }
}

/** Reads the data that yauzl locates. Unpacks it here, so that each chunk can be released after it has been read. */
async function readEntry(zip: ZipFile, entry: Entry, signal: AbortSignal): Promise<void> {
  const { fileName, compressionMethod, uncompressedSize } = entry;
  if (!entry.canDecodeFileData())
    throw new Error(`${fileName} is encrypted, or compressed by a method other than deflate`);
  const data = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  let checksum = 0;
  let size = 0;
  for await (const chunk of compressionMethod === 0 ? data : inflated(data)) {
    signal.throwIfAborted();
    size += chunk.length;
    // Unpacks no more of a zip bomb than its declared size.
    if (size > uncompressedSize) break;
    checksum = crc32(chunk, checksum);
    release(chunk);
  }
  if (size !== uncompressedSize) throw new Error(`the data of ${fileName} differs from its declared size`);
  if (checksum !== entry.crc32) throw new Error(`the checksum of ${fileName} is wrong`);
}

function inflated(deflated: Readable): AsyncIterable<Uint8Array> {
  const inflate = createInflateRaw();
  const feed = async () => {
    for await (const chunk of deflated) {
      await new Promise((resolve) => inflate.write(chunk, resolve));
      release(chunk);
      // The data is complete, damaged or no longer needed, so the rest is not read.
      if (inflate.readableEnded || inflate.destroyed) break;
    }
    inflate.end();
  };
  feed().catch((error: Error) => inflate.destroy(error));
  return inflate;
}

/** True for an error of the system, such as too many open files, rather than of the zip. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
