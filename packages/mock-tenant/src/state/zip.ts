import type { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { openPromise } from "yauzl";
import type { Entry, ZipFile } from "yauzl";
import { release } from "./release.ts";

/** A file or, when its name ends with `/`, a folder in a zip. */
export interface ZipEntry {
  readonly name: string;
  /** In bytes, uncompressed. */
  readonly size: number;
}

// Against zip bombs: far more than any customizer has, and little enough to read.
const MAX_ENTRIES = 20_000;
const MAX_UNPACKED_BYTES = 1024 ** 3;

/** Thrown when a file is not a zip that can be read to its last byte. */
export class UnreadableZipError extends Error {
  override readonly name = "UnreadableZipError";
}

/**
 * Reads every entry of a zip, to the end of its data, and returns what there is.
 *
 * @throws UnreadableZipError when it is no zip, is damaged or encrypted, or unpacks to more than 20,000 entries or 1 GiB.
 */
export async function readZip(path: string, signal: AbortSignal): Promise<ZipEntry[]> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { autoClose: false });
    if (zip.entryCount > MAX_ENTRIES) throw new Error(`more than ${MAX_ENTRIES} entries`);
    const entries: Entry[] = [];
    let size = 0;
    for await (const entry of zip.eachEntry()) {
      // The declared size can be trusted: an entry whose data turns out to be larger is refused.
      size += entry.uncompressedSize;
      if (size > MAX_UNPACKED_BYTES) throw new Error(`more than ${MAX_UNPACKED_BYTES} bytes when unpacked`);
      entries.push(entry);
    }
    // Only now, so that a bomb is refused before any of it is unpacked.
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

/** yauzl says where the data is. It is unpacked here, where each piece can be let go when it has been read. */
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
    // Of a bomb, no more is unpacked than it owns to.
    if (size > uncompressedSize) break;
    checksum = crc32(chunk, checksum);
    release(chunk);
  }
  if (size !== uncompressedSize) throw new Error(`${fileName} has another size than it says`);
  if (checksum !== entry.crc32) throw new Error(`the checksum of ${fileName} is wrong`);
}

function inflated(deflated: Readable): AsyncIterable<Uint8Array> {
  const inflate = createInflateRaw();
  const feed = async () => {
    for await (const chunk of deflated) {
      await new Promise((resolve) => inflate.write(chunk, resolve));
      release(chunk);
      // It is whole, or damaged, or was given up: the rest need not be read.
      if (inflate.readableEnded || inflate.destroyed) break;
    }
    inflate.end();
  };
  feed().catch((error: Error) => inflate.destroy(error));
  return inflate;
}

/** A failure of the machine, such as too many open files, and none of the zip. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
