/** Greatest length of the end record of a zip in bytes: the record, and the longest comment. */
export const longestZipEnd: number = 22 + 65_535;

/** Value of an offset or a size that is only in the records of ZIP64. */
const unknown = 0xffff_ffff;

/**
 * Returns `true` if a zip ends with the record that locates its directory, and the directory precedes the record (APPNOTE.TXT, sections
 * 4.3.16 and 4.3.6). A truncated zip lacks the record.
 * @param tail the last `longestZipEnd` bytes of the zip, or all of a shorter one
 * @param size size of the whole zip, in bytes
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
