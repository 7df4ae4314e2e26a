import { createHash, randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { zipSync } from "fflate";
import { startMockTenant } from "../src/index.ts";
import { EXAMPLE_ID, errorTexts, testTenant, zip } from "./tenant.ts";
import { accessToken } from "./token.ts";

const CUSTOMIZER = `/v2024/connector-customizers/${EXAMPLE_ID}`;
const VERSIONS = `${CUSTOMIZER}/versions`;
const ZIP = { "Content-Type": "application/zip" };

// A temporary folder for each test, so that the test can count leftover files.
let temporary: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), "upload-test-"));
  vi.stubEnv("TMPDIR", temporary);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  expect(await readdir(temporary)).toEqual([]);
  await rm(temporary, { recursive: true });
});

/** A body of unknown length, which is sent chunked. */
function chunked(bytes: Uint8Array, size = 1000): RequestInit {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  return { body: stream, duplex: "half" };
}

/** A zip with one entry, `a.txt`, with the raw data `data`, whose declared size and checksum are those of `content`. */
function deflated(data: Uint8Array, content: Uint8Array, method = 8): Uint8Array<ArrayBuffer> {
  const made = zipSync({ "a.txt": data }, { level: 0 });
  const view = new DataView(made.buffer, made.byteOffset);
  // The fields of the local header and, after the data, of the directory, section 4.3 of
  // https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.
  for (const at of [8, 30 + "a.txt".length + data.length + 10]) {
    view.setUint16(at, method, true);
    view.setUint32(at + 6, crc32(content), true);
    view.setUint32(at + 14, content.length, true);
  }
  return made;
}

describe("a zip", () => {
  test.each([
    ["with a length and a type", { body: zip(), headers: ZIP }],
    ["with parameters on its type", { body: zip(), headers: { "Content-Type": "Application/ZIP; a=b" } }],
    ["with no type", { body: zip() }],
    ["chunked", { ...chunked(zip(), 7), headers: ZIP }],
  ] satisfies [string, RequestInit][])("%s becomes a version", async (_, init) => {
    await using tenant = await testTenant({ seed: 1 });
    const response = await tenant.call("POST", VERSIONS, init);
    expect(response.status).toBe(200);
    const version: { imageID: string } = JSON.parse(await response.text());
    expect(version).toEqual({
      customizerID: EXAMPLE_ID,
      imageID: expect.stringMatching(/^[0-9a-f]{32}$/),
      version: 3,
      created: expect.stringMatching(/Z$/),
    });
    const customizer = await tenant.call("GET", CUSTOMIZER);
    expect(await customizer.json()).toMatchObject({ imageVersion: 3, imageID: version.imageID });
    expect(tenant.mock.versions).toEqual([
      {
        customizerId: EXAMPLE_ID,
        version: 3,
        imageId: version.imageID,
        created: expect.any(String),
        archive: {
          size: zip().length,
          sha256: createHash("sha256").update(zip()).digest("hex"),
          entries: [
            { name: "index.js", size: 15 },
            { name: "package.json", size: 2 },
          ],
        },
        file: expect.any(String),
      },
    ]);
  });

  test("that is large is hashed and counted completely", async () => {
    await using tenant = await testTenant({ seed: 1 });
    const large = zipSync(
      { "folder/": new Uint8Array(), "folder/data": randomBytes(4 * 1024 * 1024) },
      { level: 0 },
    );
    const response = await tenant.call("POST", VERSIONS, chunked(large, 100_000));
    expect(response.status).toBe(200);
    expect(tenant.mock.versions[0]?.archive).toEqual({
      size: large.length,
      sha256: createHash("sha256").update(large).digest("hex"),
      entries: [
        { name: "folder/", size: 0 },
        { name: "folder/data", size: 4 * 1024 * 1024 },
      ],
    });
    expect(tenant.mock.requests.at(-1)?.size).toBe(large.length);
  });

  test("after another gets the next version number", async () => {
    await using tenant = await testTenant();
    const created = await tenant.call("POST", "/beta/connector-customizers", {
      body: "{}",
      headers: { "Content-Type": "application/json" },
    });
    const { id }: { id: string } = JSON.parse(await created.text());
    const path = `/v2025/connector-customizers/${id}`;
    expect(await (await tenant.call("GET", path)).json()).not.toHaveProperty("imageVersion");
    const replies = [1, 2, 3].map(() => tenant.call("POST", `${path}/versions`, { body: zip() }));
    const versions = await Promise.all(
      replies.map(async (reply) => JSON.parse(await (await reply).text()).version),
    );
    expect(new Set(versions)).toEqual(new Set([1, 2, 3]));
    expect(await (await tenant.call("GET", path)).json()).toHaveProperty("imageVersion", 3);
  });
});

test.each([
  ["no body", {}],
  ["an empty zip body", { body: "", headers: ZIP }],
  ["an empty form", { body: "", headers: { "Content-Type": "application/x-www-form-urlencoded" } }],
  ["an empty chunked body", chunked(new Uint8Array())],
] satisfies [string, RequestInit][])("%s becomes a version without contents", async (_, init) => {
  await using tenant = await testTenant({ seed: 1 });
  const response = await tenant.call("POST", VERSIONS, init);
  expect(await response.json()).toMatchObject({ customizerID: EXAMPLE_ID, version: 3 });
  expect(tenant.mock.versions[0]?.archive).toMatchObject({ size: 0, entries: [] });
});

test("an upload leaves no file open, even with more bytes than its data", async () => {
  await using tenant = await testTenant({ seed: 1 });
  const probe = () => {
    const file = openSync(import.meta.filename, "r");
    closeSync(file);
    return file;
  };
  const hello = Buffer.from("hello, ".repeat(99));
  const body = Buffer.concat([deflateRawSync(hello), randomBytes(200_000)]);
  // The lowest free file descriptor, https://pubs.opengroup.org/onlinepubs/9799919799/functions/open.html.
  const before = probe();
  for (let n = 0; n < 30; n++) {
    const response = await tenant.call("POST", VERSIONS, { body: deflated(body, hello) });
    expect(response.status).toBe(200);
    await response.text();
  }
  // A connection may have been opened meanwhile.
  expect(probe()).toBeLessThan(before + 10);
});

describe("refuses and changes nothing for", () => {
  const stored = zipSync({ "a.txt": new TextEncoder().encode("hello, hello") }, { level: 0 });
  const flipped = Uint8Array.from(stored);
  flipped[30 + "a.txt".length] = 72; // the first byte of the data, after the local header and the name
  const encrypted = zip({ "a.txt": "hello, hello, hello, hello" });
  encrypted[6] = 1; // bit 0 of the flags, in the local header and in the directory
  encrypted[indexOf(encrypted, [0x50, 0x4b, 1, 2]) + 8] = 1;

  const hello = Buffer.from("hello, hello, hello, hello");
  const packed = deflateRawSync(hello);

  test.each([
    ["a body that is not a zip", "not a zip", "application/zip", /^The body is not a readable zip: .+/],
    ["a truncated zip", zip().slice(0, -30), "application/zip", /not a readable zip/],
    ["a zip without its beginning", zip().slice(40), "application/zip", /not a readable zip/],
    ["a zip with a changed byte", flipped, "application/zip", /the checksum of a\.txt is wrong/],
    ["an encrypted zip", encrypted, "application/zip", /encrypted/],
    ["data that is damaged", deflated(Buffer.alloc(20, 7), hello), "application/zip", /not a readable zip/],
    ["data that is cut off", deflated(packed.subarray(0, 6), hello), "application/zip", /not a readable zip/],
    [
      "more data than declared",
      deflated(packed, hello.subarray(9)),
      "application/zip",
      /the data of a\.txt differs from its declared size/,
    ],
    [
      "less data than declared",
      deflated(packed, Buffer.concat([hello, hello])),
      "application/zip",
      /the data of a\.txt differs from its declared size/,
    ],
    [
      "an unknown compression",
      deflated(packed, hello, 12),
      "application/zip",
      /a\.txt is encrypted, or compressed by a method other than deflate/,
    ],
    ["a path out of the zip", zip({ "../../x": "" }), "application/zip", /invalid relative path/],
    ["too many entries", manyEntries(20_001), "application/zip", /more than 20000 entries/],
    ["too much to unpack", bomb(), "application/zip", /more than 1073741824 bytes when unpacked/],
    ["JSON", "{}", "application/json", /content type must be application\/zip; got application\/json/],
    [
      "a form",
      "a=b",
      "application/x-www-form-urlencoded",
      /content type must be application\/zip; got application\/x-www-form-urlencoded/,
    ],
  ])("%s", async (_, body, type, text) => {
    await using tenant = await testTenant({ seed: 1 });
    const before = await (await tenant.call("GET", CUSTOMIZER)).json();
    const response = await tenant.call("POST", VERSIONS, { body, headers: { "Content-Type": type } });
    expect(response.status).toBe(400);
    expect((await errorTexts(response)).join()).toMatch(text);
    expect(await (await tenant.call("GET", CUSTOMIZER)).json()).toEqual(before);
    expect(tenant.mock.versions).toEqual([]);
  });

  test("an upload to an unknown customizer", async () => {
    await using tenant = await testTenant();
    expect((await tenant.call("POST", VERSIONS, { body: zip() })).status).toBe(404);
  });

  test("an upload whose customizer is deleted during the upload", async () => {
    await using tenant = await testTenant({ seed: 1 });
    const deletion = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(zip().slice(0, 10));
        await deletion.promise;
        controller.enqueue(zip().slice(10));
        controller.close();
      },
    });
    const upload = tenant.call("POST", VERSIONS, { body, duplex: "half" });
    await vi.waitUntil(async () => (await readdir(temporary)).length > 0, { timeout: 60_000 });
    expect((await tenant.call("DELETE", CUSTOMIZER)).status).toBe(204);
    deletion.resolve();
    expect((await upload).status).toBe(404);
  });
});

test("an interrupted upload is recorded without a status and leaves nothing", async () => {
  await using mock = await startMockTenant({ seed: 1 });
  const token = await accessToken(mock);
  const socket = connect(Number(new URL(mock.baseUrl).port), "127.0.0.1");
  socket.write(
    `POST ${VERSIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 999\r\n\r\nPK`,
  );
  await vi.waitUntil(async () => (await readdir(temporary)).length > 0, { timeout: 60_000 });
  socket.destroy();
  await vi.waitUntil(() => mock.requests.length === 2, { timeout: 60_000 });
  expect(mock.requests[1]).toMatchObject({
    status: undefined,
    operationId: "createConnectorCustomizerVersion",
  });
  expect(mock.versions).toEqual([]);
});

test("a failure of the mock tenant itself is a 500", async () => {
  await using tenant = await testTenant({ seed: 1 });
  vi.stubEnv("TMPDIR", join(temporary, "missing"));
  const response = await tenant.call("POST", VERSIONS, { body: zip() });
  expect(response.status).toBe(500);
  expect(await errorTexts(response)).toEqual([expect.stringContaining("ENOENT")]);
});

function manyEntries(count: number): Uint8Array {
  const empty = new Uint8Array();
  return zipSync(Object.fromEntries(Array.from({ length: count }, (_, number) => [String(number), empty])), {
    level: 0,
  });
}

/** A small zip whose directory declares an entry of almost 4 GiB. */
function bomb(): Uint8Array {
  const bytes = zip({ "a.txt": "a".repeat(1000) });
  const directory = indexOf(bytes, [0x50, 0x4b, 1, 2]);
  bytes.set([0xf0, 0xff, 0xff, 0xff], directory + 24);
  return bytes;
}

function indexOf(bytes: Uint8Array, wanted: number[]): number {
  return Buffer.from(bytes).indexOf(Buffer.from(wanted));
}
