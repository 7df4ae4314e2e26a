import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { ConfigurationError } from "../index.ts";
import { reasonOf } from "../errors/reason.ts";
import { isZipStart } from "../body/zip-check.ts";
import { isZipEnd, longestZipEnd } from "./zip-end.ts";

/**
 * Opens a zip file as the body of an upload. The file is read while it is sent, and again for each retry, so it is never in memory as a
 * whole. `onUploadProgress` gets its size as `total`. The upload fails if the file changes before it is sent to its end.
 * @param path path of the file, or its `file:` URL
 * @throws ConfigurationError when the file cannot be read, is not a zip, or is truncated
 * @example
 * ```ts
 * const body = await zipFromFile("customizer.zip");
 * await customizers.createConnectorCustomizerVersion({ id, body });
 * ```
 */
export async function zipFromFile(path: string | URL): Promise<Blob> {
  const zip = await open(path).catch((cause: unknown) => {
    throw new ConfigurationError(`${path} cannot be read: ${reasonOf(cause)}`, { cause });
  });
  const bytes = async (start: number, end?: number) =>
    new Uint8Array(await zip.slice(start, end).arrayBuffer());
  if (!isZipStart(await bytes(0, 4))) {
    throw new ConfigurationError(`${path} is not a zip file: it does not start with the signature of one.`);
  }
  if (!isZipEnd(await bytes(Math.max(zip.size - longestZipEnd, 0)), zip.size)) {
    throw new ConfigurationError(
      `${path} is not a complete zip file: its end is missing. Create or download it again.`,
    );
  }
  return zip;
}

async function open(path: string | URL): Promise<Blob> {
  // `openAsBlob` accepts a folder, and does not say why it cannot open a file.
  if (!(await stat(path)).isFile()) throw new Error("it is not a file");
  return await openAsBlob(path);
}
