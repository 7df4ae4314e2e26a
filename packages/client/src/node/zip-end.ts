/** The longest end of a zip: the record, and a comment of as many bytes as two bytes can tell. */
export const longestZipEnd: number = 22 + 65_535;

/** In the place of an offset or a size that only the larger records of ZIP64 can tell. */
const unknown = 0xffff_ffff;

/**
 * Whether a zip ends like a whole one: with the record that says where its directory is, and the directory in front of it
 * (APPNOTE.TXT, sections 4.3.16 and 4.3.6). The end of a zip that was cut off is missing.
 * @param tail the last bytes of the zip, `longestZipEnd` of them if it has as many
 * @param size of the whole zip, in bytes
 */
export function isZipEnd(tail: Uint8Array, size: number): boolean {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.length - 22; at >= 0; at--) {
    const isRecord = view.getUint32(at, true) === 0x0605_4b50;
    if (!isRecord || at + 22 + view.getUint16(at + 20, true) !== tail.length) continue;
    const length = view.getUint32(at + 12, true);
    const offset = view.getUint32(at + 16, true);
    if (length === unknown || offset === unknown || offset + length <= size - tail.length + at) return true;
  }
  return false;
}
