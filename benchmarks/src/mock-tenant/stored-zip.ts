import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const BLOCK = randomBytes(64 * 1024);
const NAME = Buffer.from("index.js");

/**
 * A zip of one file that is not compressed: one block, repeated `blocks` times. The fields are those of sections 4.3.7, 4.3.12
 * and 4.3.16 of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.
 */
export function storedZip(blocks: number): Iterable<Uint8Array> {
  const size = blocks * BLOCK.length;
  let checksum = 0;
  for (let block = 0; block < blocks; block++) checksum = crc32(BLOCK, checksum);
  const entry = [u16(20, 0, 0, 0, 0x21), u32(checksum, size, size), u16(NAME.length, 0)];
  const head = Buffer.concat([u32(0x04034b50), ...entry, NAME]);
  const directory = Buffer.concat([u32(0x02014b50), u16(20), ...entry, u16(0, 0, 0), u32(0, 0), NAME]);
  const end = [u32(0x06054b50), u16(0, 0, 1, 1), u32(directory.length, head.length + size), u16(0)];
  return (function* () {
    yield head;
    for (let block = 0; block < blocks; block++) yield BLOCK;
    yield Buffer.concat([directory, ...end]);
  })();
}

function u16(...values: number[]): Buffer {
  return Buffer.from(new Uint16Array(values).buffer);
}

function u32(...values: number[]): Buffer {
  return Buffer.from(new Uint32Array(values).buffer);
}
