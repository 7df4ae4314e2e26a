import { ConfigurationError } from "../errors/errors.ts";

/**
 * Reads the start of a zip, of at least four bytes, however small the pieces are.
 * @throws ConfigurationError if the body does not begin like a zip.
 */
export async function readZipStart(
  next: () => Promise<Uint8Array<ArrayBuffer> | undefined>,
): Promise<Uint8Array<ArrayBuffer>> {
  let start = new Uint8Array();
  while (start.length < 4) {
    const piece = await next();
    if (piece === undefined) break;
    start = start.length === 0 ? piece : new Uint8Array([...start, ...piece]);
  }
  if (isZipStart(start)) return start;
  throw new ConfigurationError(
    "The body is not a zip: it does not begin like one. Set `checkZip: false` to send it nevertheless.",
  );
}

/** Returns `true` if the bytes begin with a local file header or with the end record of an empty zip (APPNOTE.TXT, sections 4.3.7 and 4.3.16). */
export function isZipStart([p, k, third, fourth]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}
