import { crc32 } from "node:zlib";
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
      // The declared size can be trusted, because yauzl fails an entry whose data turns out to be larger.
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

/** yauzl checks sizes, and leaves the checksum to its caller. */
async function readEntry(zip: ZipFile, entry: Entry, signal: AbortSignal): Promise<void> {
  let checksum = 0;
  const data: AsyncIterable<Uint8Array> = await zip.openReadStreamPromise(entry);
  for await (const chunk of data) {
    signal.throwIfAborted();
    checksum = crc32(chunk, checksum);
    release(chunk);
  }
  if (checksum !== entry.crc32) throw new Error(`the checksum of ${entry.fileName} is wrong`);
}

/** A failure of the machine, such as too many open files, and none of the zip. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
