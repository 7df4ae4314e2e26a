import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { ConfigurationError } from "../index.ts";
import { reasonOf } from "../errors/reason.ts";
import { isZipStart } from "../body/upload.ts";
import { isZipEnd, longestZipEnd } from "./zip-end.ts";

/**
 * A zip in a file, as the body of an upload. It is read while it is sent, as often as the upload is repeated, and its size is
 * known to `onUploadProgress`. A file that is changed after this is not sent, or not to its end.
 * @param path of the file, or its `file:` URL
 * @throws ConfigurationError when the file cannot be read, is no zip, or is only the beginning of one.
 */
export async function zipFromFile(path: string | URL): Promise<Blob> {
  const zip = await open(path).catch((cause: unknown) => {
    throw new ConfigurationError(`The zip ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  });
  const bytes = async (start: number, end?: number) =>
    new Uint8Array(await zip.slice(start, end).arrayBuffer());
  if (!isZipStart(await bytes(0, 4))) {
    throw new ConfigurationError(`${path} is not a zip: it does not begin like one.`);
  }
  if (!isZipEnd(await bytes(Math.max(zip.size - longestZipEnd, 0)), zip.size)) {
    throw new ConfigurationError(`${path} is not a whole zip: its end is missing.`);
  }
  return zip;
}

async function open(path: string | URL): Promise<Blob> {
  // `openAsBlob` takes a folder for a file, and does not say why it cannot open one.
  if (!(await stat(path)).isFile()) throw new Error("it is not a file");
  return await openAsBlob(path);
}
