import { crc32, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { zipSync } from "fflate";
import { chunks } from "./requests.ts";

/** The body of an upload. */
export interface AttackZip {
  readonly bytes: Uint8Array;
  /** True for a valid zip, false for an invalid one, and undefined if either answer is correct. */
  readonly readable?: boolean;
}

const safeName = fc.stringMatching(/^[a-z0-9_]{1,12}(\.js)?$/);
const content = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.integer({ min: 1, max: 200_000 }).map((length) => new Uint8Array(length)),
);

const good = fc
  .tuple(fc.dictionary(safeName, content, { maxKeys: 6, noNullPrototype: true }), fc.constantFrom(0, 6, 9))
  .map(([files, level]) => zipSync(files, { level: level as 0 | 6 | 9 }));

/** The fields of a zip entry, which may contradict the data. */
interface Entry {
  readonly name: Uint8Array;
  readonly data: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** The declared offset of the local header. If undefined, the real one. */
  readonly offset: number | undefined;
  readonly extra: Uint8Array;
}

interface Lies {
  readonly entryCount: number | undefined;
  readonly directorySize: number | undefined;
  readonly directoryOffset: number | undefined;
  readonly zip64: boolean;
  readonly comment: Uint8Array;
}

/** Builds a zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.14 and 4.3.16 */
function build(entries: readonly Entry[], lies: Lies): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const { name, data, flags, method, crc, compressedSize, size, offset = at, extra } = entry;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(compressedSize, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(name.length, 22);
    fields.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, name, extra, data]);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), fields, where, name, extra]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const count = lies.entryCount ?? entries.length;
  const directorySize = lies.directorySize ?? list.length;
  const directoryOffset = lies.directoryOffset ?? at;
  const end = Buffer.alloc(18);
  end.writeUInt16LE(lies.zip64 ? 0xffff : count & 0xffff, 4);
  end.writeUInt16LE(lies.zip64 ? 0xffff : count & 0xffff, 6);
  end.writeUInt32LE(lies.zip64 ? 0xffffffff : directorySize, 8);
  end.writeUInt32LE(lies.zip64 ? 0xffffffff : directoryOffset, 12);
  end.writeUInt16LE(lies.comment.length, 16);
  const zip64 = lies.zip64 ? [zip64End(count, directorySize, directoryOffset, at + list.length)] : [];
  return Buffer.concat([...parts, list, ...zip64, Buffer.from("PK\x05\x06"), end, lies.comment]);
}

function zip64End(count: number, size: number, offset: number, at: number): Buffer {
  const record = Buffer.alloc(52);
  record.writeBigUInt64LE(44n, 0);
  record.writeUInt16LE(45, 8);
  record.writeUInt16LE(45, 10);
  for (const [index, value] of [count, count, size, offset].entries())
    record.writeBigUInt64LE(BigInt(value), 20 + 8 * index);
  const locator = Buffer.alloc(16);
  locator.writeBigUInt64LE(BigInt(at), 4);
  locator.writeUInt32LE(1, 12);
  return Buffer.concat([Buffer.from("PK\x06\x06"), record, Buffer.from("PK\x06\x07"), locator]);
}

const uint32 = fc.oneof(
  fc.nat(2000),
  fc.constantFrom(0, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff),
  fc.integer({ min: 0, max: 0xffffffff }),
);

const entryName = fc.oneof(
  safeName.map((name) => Buffer.from(name)),
  fc
    .constantFrom(
      ..."../../etc/passwd|/etc/passwd|C:\\windows|a\\..\\b|a/../b|..|.|__proto__|constructor|a\0b|a/|//a|~|aux|\ud800".split(
        "|",
      ),
    )
    .map((name) => Buffer.from(name)),
  fc.uint8Array({ maxLength: 30 }),
  fc.constant(Buffer.alloc(60_000, "x")),
);

const entry: fc.Arbitrary<Entry> = fc
  .record({
    name: entryName,
    raw: content,
    deflated: fc.boolean(),
    lies: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      fc.record(
        {
          flags: fc.constantFrom(0, 1, 8, 0x800, 0xffff),
          method: fc.constantFrom(0, 8, 9, 12, 14, 93, 95, 99, 0xffff),
          crc: uint32,
          compressedSize: uint32,
          size: uint32,
          offset: uint32,
          extra: fc.oneof(
            fc.uint8Array({ maxLength: 40 }),
            // A zip64 field, complete here and truncated below.
            fc
              .uint8Array({ minLength: 28, maxLength: 28 })
              .map((bytes) => Buffer.concat([Buffer.from([1, 0, 28, 0]), bytes])),
            fc.constant(Buffer.from([1, 0, 28, 0, 1, 2])),
          ),
        },
        { requiredKeys: [] },
      ),
    ),
  })
  .map(({ name, raw, deflated, lies }) => {
    const data = deflated ? deflateRawSync(raw) : raw;
    return {
      name,
      data,
      flags: 0,
      method: deflated ? 8 : 0,
      crc: crc32(raw),
      compressedSize: data.length,
      size: raw.length,
      offset: undefined,
      extra: new Uint8Array(),
      ...lies,
    };
  });

const contradictory = fc
  .tuple(
    fc.array(entry, { maxLength: 4 }),
    fc.record({
      entryCount: fc.option(fc.oneof(fc.nat(10), fc.constantFrom(0xfffe, 0xffff)), {
        nil: undefined,
        freq: 5,
      }),
      directorySize: fc.option(uint32, { nil: undefined, freq: 5 }),
      directoryOffset: fc.option(uint32, { nil: undefined, freq: 5 }),
      zip64: fc.boolean(),
      comment: fc.oneof(
        { weight: 4, arbitrary: fc.constant(new Uint8Array()) },
        fc.uint8Array({ maxLength: 60 }),
      ),
    }),
  )
  .map(([entries, lies]) => build(entries, lies));

/** Builds a zip bomb: many entries in the directory share the same data. */
function overlapping(raw: Uint8Array, count: number): Uint8Array {
  const data = deflateRawSync(raw);
  const shared = {
    data,
    flags: 0,
    method: 8,
    crc: crc32(raw),
    compressedSize: data.length,
    size: raw.length,
  };
  const name = (number: number) => Buffer.from(String(number).padStart(6, "0"));
  const first = { ...shared, name: name(0), offset: undefined, extra: new Uint8Array() };
  const others = Array.from({ length: count - 1 }, (_, index) => ({
    ...first,
    name: name(index + 1),
    data: new Uint8Array(),
    offset: 0,
  }));
  const honest = {
    entryCount: undefined,
    directorySize: undefined,
    directoryOffset: undefined,
    zip64: false,
  };
  return build([first, ...others], { ...honest, comment: new Uint8Array() });
}

const attackZip: fc.Arbitrary<AttackZip> = fc.oneof(
  { weight: 2, arbitrary: good.map((bytes) => ({ bytes, readable: true })) },
  // A zip that is cut off at any byte has no end-of-central-directory record.
  {
    weight: 2,
    arbitrary: fc
      .tuple(good, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
      .map(([bytes, share]) => bytes.subarray(0, Math.floor(bytes.length * share)))
      .map((bytes) => ({ bytes, readable: bytes.length === 0 })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(good, fc.nat(), fc.nat(7)).map(([bytes, at, bit]) => {
      const flipped = Uint8Array.from(bytes);
      const index = at % flipped.length;
      flipped[index] = (flipped[index] ?? 0) ^ (1 << bit);
      return { bytes: flipped };
    }),
  },
  { weight: 3, arbitrary: contradictory.map((bytes) => ({ bytes })) },
  fc
    .tuple(good, fc.uint8Array({ minLength: 1, maxLength: 50 }))
    .map(([bytes, more]) => ({ bytes: Buffer.concat([more, bytes]) })),
  fc
    .tuple(good, fc.uint8Array({ minLength: 1, maxLength: 50 }))
    .map(([bytes, more]) => ({ bytes: Buffer.concat([bytes, more]) })),
  good.map((inner) => ({
    bytes: zipSync({ "inner.zip": inner, "again.zip": zipSync({ "inner.zip": inner }) }),
    readable: true,
  })),
  fc.tuple(good, good).map(([one, other]) => ({ bytes: Buffer.concat([one, other]) })),
  fc.integer({ min: 2, max: 60 }).map((count) => ({ bytes: overlapping(new Uint8Array(100_000), count) })),
  fc.uint8Array({ minLength: 1, maxLength: 100 }).map((bytes) => ({ bytes, readable: false })),
);

/** A zip, and the way to upload it. */
export interface AttackUpload {
  readonly zip: AttackZip;
  /** The number of the customizer, modulo the number of customizers. */
  readonly number: number;
  readonly chunks: readonly number[] | undefined;
  /** The fraction of the request after which the client first disconnects. If undefined, it does not. */
  readonly cut: number | undefined;
}

export const attackUpload: fc.Arbitrary<AttackUpload> = fc.record({
  zip: attackZip,
  number: fc.nat(10),
  chunks,
  cut: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    fc.double({ min: 0, max: 0.99, noNaN: true }),
  ),
});

/** Small zips that exceed the limit for unpacked bytes or for entries. */
export const BOMBS: readonly (readonly [name: string, make: () => Uint8Array])[] = [
  ["20 entries that share their data", () => overlapping(new Uint8Array(64 * 1024 ** 2), 20)],
  ["20,001 entries that share their data", () => overlapping(new Uint8Array(1), 20_001)],
];
