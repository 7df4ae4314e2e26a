import { describe, expect, test } from "vitest";
import { isZipStart, readZipStart } from "../../src/body/zip-check.ts";
import { ConfigurationError } from "../../src/index.ts";
import { clientOf, startServer } from "../support/server.ts";
import { id, stallingStream, zip, zipStart } from "../support/bodies.ts";
import type { UploadProgress } from "../../src/index.ts";
import { rejection } from "../support/rejection.ts";

const start = (...bytes: number[]) => new Uint8Array(bytes);

/** Returns a function that resolves to one piece after another. */
function from(...pieces: Uint8Array<ArrayBuffer>[]) {
  return () => Promise.resolve(pieces.shift());
}

test.each<[string, Uint8Array, boolean]>([
  ["a zip with a file", start(0x50, 0x4b, 3, 4), true],
  ["an empty zip", start(0x50, 0x4b, 5, 6), true],
  ["a part of a split zip", start(0x50, 0x4b, 7, 8), false],
  ["the first two bytes", start(0x50, 0x4b), false],
  ["another file", start(0x7f, 0x45, 0x4c, 0x46), false],
  ["nothing", start(), false],
])("isZipStart checks %s", (_, bytes, expected) => expect(isZipStart(bytes)).toBe(expected));

describe("the start of a zip", () => {
  test("is read from pieces of any length", async () => {
    const next = from(start(), start(0x50), start(0x4b, 3), start(), start(4, 9), start(1));
    expect(await readZipStart(next)).toEqual(start(0x50, 0x4b, 3, 4, 9));
    expect(await next()).toEqual(start(1));
  });

  test.each<[string, Uint8Array<ArrayBuffer>[]]>([
    ["that is another file", [start(1, 2, 3, 4)]],
    ["that is too short", [start(0x50, 0x4b), start(3)]],
    ["that is empty", []],
  ])("%s is refused", async (_, pieces) => {
    const error = await rejection(readZipStart(from(...pieces)));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toBe(
      "The body is not a zip: it does not begin like one. Set `checkZip: false` to send it nevertheless.",
    );
  });
});

test("a body that is not a zip is refused before it is sent, and its source is ended", async () => {
  await using server = await startServer((_, response) => response.end("null"));
  const { body, cancelled } = stallingStream(new Uint8Array(100));
  const error = await rejection(clientOf(server).createConnectorCustomizerVersion({ id, body }));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(await cancelled).toBe(error);
  expect(server.requests).toEqual([]);
});

test("a body that is not a zip is sent with `checkZip: false`", async () => {
  await using server = await startServer((_, response) => response.end("null"));
  const call = clientOf(server).createConnectorCustomizerVersion(
    { id, body: new Blob(["plain text"]) },
    { checkZip: false },
  );
  expect(await call).toBeNull();
  expect(server.requests[0]?.body).toBe("plain text");
});

test("a zip in pieces of one byte, some of them empty, is sent completely", async () => {
  await using server = await startServer((_, response) => response.end("null"));
  async function* bytes() {
    yield new Uint8Array();
    for (const byte of zipStart) yield await Promise.resolve(new Uint8Array([byte]));
    yield new Uint8Array();
  }
  const sent: number[] = [];
  const onUploadProgress = (progress: UploadProgress) => void sent.push(progress.sent);
  await clientOf(server).createConnectorCustomizerVersion({ id, body: bytes() }, { onUploadProgress });
  expect(server.requests[0]?.body).toBe(new TextDecoder().decode(zipStart));
  expect(sent.at(-1)).toBe(zipStart.length);
});

test("the check does not take the start from a stream", async () => {
  await using server = await startServer((_, response) => response.end("null"));
  await clientOf(server).createConnectorCustomizerVersion({ id, body: new Blob([zip]).stream() });
  expect(server.requests[0]?.body).toBe(new TextDecoder().decode(zip));
});
