import { startMockTenant } from "@isc-customizers/mock-tenant";
import { createHash } from "node:crypto";
import { appendFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigurationError, createClient } from "../../src/index.ts";
import { zipFromFile } from "../../src/node/index.ts";
import { isZipEnd } from "../../src/node/zip-end.ts";
import { type Folder, temporaryFolder } from "../support/folders.ts";
import { clientOf, startServer } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const noise = Uint8Array.from({ length: 3_000_000 }, (_, at) => (at * at) % 251);
const zip = zipSync({ "index.js": noise, "connector-spec.json": new Uint8Array(2) }, { level: 0 });

let folder: Folder;
let path: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, "customizer.zip");
  await writeFile(path, zip);
});
afterEach(() => folder[Symbol.asyncDispose]());

describe("zipFromFile", () => {
  test("returns a body that is uploaded completely, with its size as `total`", async () => {
    await using mock = await startMockTenant({ seed: 1 });
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const progress: unknown[] = [];
    const body = await zipFromFile(path);
    await client.createConnectorCustomizerVersion(
      { id, body },
      { onUploadProgress: (value) => progress.push(value) },
    );
    const sha256 = createHash("sha256").update(zip).digest("hex");
    expect(mock.versions.at(-1)?.archive).toMatchObject({ size: zip.length, sha256 });
    expect(progress[0]).toEqual({ sent: 0, total: zip.length, attempt: 1 });
    expect(progress.at(-1)).toEqual({ sent: zip.length, total: zip.length, attempt: 1 });
  });

  test("accepts a URL", async () => {
    expect((await zipFromFile(pathToFileURL(path))).size).toBe(zip.length);
  });

  test.each([
    [401, {}],
    [429, { "Retry-After": "0" }],
  ])("returns a body that can be sent again after a %i", async (status, headers) => {
    await using server = await startServer((_request, response) => {
      if (server.requests.length === 1) response.writeHead(status, headers).end("{}");
      else response.writeHead(200, { "Content-Type": "application/json" }).end('{"version":1}');
    });
    let n = 0;
    const client = clientOf(server, { auth: { accessToken: () => `token-${++n}` }, retries: 2 });
    const body = await zipFromFile(path);
    expect(await client.createConnectorCustomizerVersion({ id, body })).toEqual({ version: 1 });
    const [first, second, ...more] = server.requests.map((request) => request.body);
    expect(first === second && first?.length === Buffer.from(zip).toString().length).toBe(true);
    expect(more).toEqual([]);
  });

  test.each<[string, () => Promise<void>]>([
    ["grows", () => appendFile(path, "more")],
    ["shrinks", () => truncate(path, 1000)],
    ["is overwritten", () => writeFile(path, new Uint8Array(zip.length))],
  ])("returns a body that is not sent if the file %s after it was opened", async (_, change) => {
    await using server = await startServer((_request, response) => response.end("{}"));
    const body = await zipFromFile(path);
    await change();
    await expect(clientOf(server).createConnectorCustomizerVersion({ id, body })).rejects.toThrow(
      ConfigurationError,
    );
    expect(server.requests).toEqual([]);
  });

  test("returns a body that fails if the file changes while it is sent", async () => {
    await using server = await startServer((_request, response) => response.end("{}"));
    const body = await zipFromFile(path);
    const onUploadProgress = ({ sent }: { sent: number }) => {
      if (sent > 0) void truncate(path, 100_000);
    };
    await expect(
      clientOf(server).createConnectorCustomizerVersion({ id, body }, { onUploadProgress }),
    ).rejects.toThrow(/The body could not be read: The blob could not be read/);
    expect(server.requests).toEqual([]);
  });
});

describe("zipFromFile refuses", () => {
  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      "a file that does not exist",
      () => Promise.resolve((path += "x")),
      /customizer\.zipx cannot be read: ENOENT/,
    ],
    ["a folder", () => Promise.resolve((path = folder.path)), /cannot be read: it is not a file/],
    ["an empty file", () => truncate(path), /is not a zip file: it does not start with the signature/],
    ["a file of another kind", () => writeFile(path, "#!/bin/sh"), /is not a zip file/],
    ["a zip without its last byte", () => truncate(path, zip.length - 1), /its end is missing/],
    ["a zip without its end", () => truncate(path, zip.length - 22), /its end is missing/],
    ["the beginning of a zip", () => truncate(path, 1_000_000), /its end is missing/],
    ["a zip with other bytes after it", () => appendFile(path, "\n"), /its end is missing/],
  ])("%s", async (_, prepare, message) => {
    await prepare();
    const error: unknown = await zipFromFile(path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toMatch(message);
  });
});

describe("isZipEnd checks", () => {
  /** The record at the end of a zip (APPNOTE.TXT, section 4.3.16). */
  function end({ length = 0, offset = 0, comment = "" }): Uint8Array {
    const record = Buffer.alloc(22 + comment.length);
    record.writeUInt32BE(0x504b_0506);
    record.writeUInt32LE(length, 12);
    record.writeUInt32LE(offset, 16);
    record.writeUInt16LE(comment.length, 20);
    record.write(comment, 22);
    return record;
  }

  test.each<[string, Uint8Array, number, boolean]>([
    ["an empty zip", end({}), 22, true],
    ["a zip with a comment", end({ comment: "hello" }), 27, true],
    ["a comment that looks like an end", end({ comment: "PK\x05\x06 and more, and more" }), 47, true],
    ["the longest comment", end({ comment: "x".repeat(65_535) }), 65_557, true],
    ["a directory that ends where the record starts", end({ length: 40, offset: 60 }), 122, true],
    ["a directory that overlaps the record", end({ length: 41, offset: 60 }), 122, false],
    [
      "a directory whose offset is in the records of ZIP64",
      end({ length: 40, offset: 0xffff_ffff }),
      122,
      true,
    ],
    ["a part of the record", end({}).subarray(0, 21), 21, false],
    ["no bytes", new Uint8Array(), 0, false],
  ])("%s", (_, tail, size, expected) => {
    expect(isZipEnd(tail, size)).toBe(expected);
  });
});
