import { randomBytes } from "node:crypto";
import { constants, crc32, deflateRawSync } from "node:zlib";

/** Compression methods from section 4.4.5 of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. */
const METHODS = { stored: 0, deflated: 8 } as const;

const BLOCK = Buffer.from(randomBytes(48 * 1024).toString("base64"));
/** The compressed block. A full flush makes it possible to concatenate several. */
const DEFLATED = deflateRawSync(BLOCK, { finishFlush: constants.Z_FULL_FLUSH });
/** An empty final block, section 3.2.3 of https://www.rfc-editor.org/rfc/rfc1951. */
const LAST = Buffer.from([0x03, 0x00]);
const NAME = Buffer.from("index.js");

/**
 * Generates a zip of `size` bytes or slightly more. It contains one file, which repeats one block. Sections 4.3.7, 4.3.12 and
 * 4.3.16 of APPNOTE.TXT define the fields.
 */
export function largeZip(method: keyof typeof METHODS, size: number): Iterable<Uint8Array> {
  const [data, end] = method === "stored" ? [BLOCK, Buffer.alloc(0)] : [DEFLATED, LAST];
  const blocks = Math.ceil(size / data.length);
  let checksum = 0;
  for (let block = 0; block < blocks; block++) checksum = crc32(BLOCK, checksum);
  const packed = blocks * data.length + end.length;
  const fields = [
    u16(20, 0, METHODS[method], 0, 0x21),
    u32(checksum, packed, blocks * BLOCK.length),
    u16(NAME.length, 0),
  ];
  const head = Buffer.concat([u32(0x04034b50), ...fields, NAME]);
  const directory = Buffer.concat([u32(0x02014b50), u16(20), ...fields, u16(0, 0, 0), u32(0, 0), NAME]);
  const tail = [u32(0x06054b50), u16(0, 0, 1, 1), u32(directory.length, head.length + packed), u16(0)];
  return (function* () {
    yield head;
    for (let block = 0; block < blocks; block++) yield data;
    yield Buffer.concat([end, directory, ...tail]);
  })();
}

function u16(...values: number[]): Buffer {
  return Buffer.from(new Uint16Array(values).buffer);
}

function u32(...values: number[]): Buffer {
  return Buffer.from(new Uint32Array(values).buffer);
}
