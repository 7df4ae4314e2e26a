import { startMockTenant } from "@isc-customizers/mock-tenant";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { afterEach, describe, expect, test, vi } from "vitest";
import { bodySource } from "../../src/body/body-source.ts";
import {
  BadRequestError,
  type BinaryBody,
  ConfigurationError,
  ConnectionError,
  createClient,
} from "../../src/index.ts";
import {
  bytesOfBody,
  id,
  inOtherRealm,
  inSharedMemory,
  JsdomBlob,
  jsdomBlob,
  mebibyte,
  openBody,
  piecesOf,
  reusingMemory,
  stallingStream,
  startIdleServer,
  streamOf,
  zip,
  zipOf,
  zipStart,
} from "../support/bodies.ts";
import { answering, clientOf, unusedUrl } from "../support/server.ts";
import { rejection } from "../support/rejection.ts";

const sha256 = createHash("sha256").update(zip).digest("hex");
const binary = (value: unknown) => bodySource({ kind: "binary" }, value, { checkZip: true });

afterEach(() => vi.unstubAllGlobals());

/** The zip in each form that a body can have. */
const zips: [string, () => BinaryBody][] = [
  ["a Blob", () => new Blob([zip])],
  ["a File", () => new File([zip], "customizer.zip")],
  ["a Blob of jsdom", () => jsdomBlob(zip)],
  ["bytes", () => zip],
  ["a part of a larger buffer", () => new Uint8Array([0, 0, ...zip, 0]).subarray(2, 2 + zip.length)],
  ["an ArrayBuffer", () => zip.buffer.slice(zip.byteOffset, zip.byteOffset + zip.length)],
  ["bytes of another realm", () => inOtherRealm(zip)],
  ["an ArrayBuffer of another realm", () => inOtherRealm(zip).buffer],
  ["bytes in shared memory", () => inSharedMemory(zip)],
  ["shared memory", () => inSharedMemory(zip).buffer],
  ["a Buffer", () => Buffer.from(zip)],
  ["a DataView", () => new DataView(zip.buffer, zip.byteOffset, zip.length)],
  ["a stream", () => streamOf(zip)],
  ["a Readable as a web stream", () => Readable.toWeb(Readable.from([Buffer.from(zip)]))],
  ["a Readable", () => Readable.from([Buffer.from(zip)])],
  ["a generator", () => piecesOf(zip)],
  ["a generator that reuses its memory", () => reusingMemory(zip)],
  ["a function that returns a Blob", () => () => new Blob([zip])],
  [
    "a function that returns a promise of a stream",
    () => {
      const stream = streamOf(zip);
      return () => Promise.resolve(stream);
    },
  ],
];

test.each(zips)("%s is uploaded completely", async (_, body) => {
  await using mock = await startMockTenant({ seed: 1 });
  const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
  const before = (await client.getConnectorCustomizer({ id })).imageVersion ?? 0;
  const version = await client.createConnectorCustomizerVersion({ id, body: body() });
  expect(version).toMatchObject({ customizerID: id, version: before + 1 });
  expect(mock.versions.at(-1)?.archive).toMatchObject({ size: zip.length, sha256 });
  expect(mock.requests.at(-1)?.headers["content-type"]).toBe("application/zip");
  expect(await client.getConnectorCustomizer({ id })).toMatchObject({
    imageVersion: before + 1,
    imageID: version?.imageID,
  });
});

test("a 400 for a body that is not a zip has the reason of the tenant", async () => {
  await using mock = await startMockTenant({ seed: 1 });
  const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
  const call = client.createConnectorCustomizerVersion(
    { id, body: new Blob(["plain text"]) },
    { checkZip: false },
  );
  await expect(call).rejects.toThrow(BadRequestError);
  await expect(call).rejects.toThrow(/zip/);
  expect(mock.versions).toEqual([]);
});

test.each<[string, unknown]>([
  ["a path", "./customizer.zip"],
  ["null", null],
  ["a function that returns undefined", () => undefined],
])("%s is refused before anything is sent", async (_, body) => {
  await using server = await answering(200, "{}");
  const call = clientOf(server).createConnectorCustomizerVersion({ id, body: body as BinaryBody });
  await expect(call).rejects.toThrow(ConfigurationError);
  await expect(call).rejects.toThrow(/must be a Blob, bytes, a stream/);
  expect(server.requests).toEqual([]);
});

test.each(["", "null"])("the response %j to an upload is null", async (answer) => {
  await using server = await answering(200, answer);
  expect(await clientOf(server).createConnectorCustomizerVersion({ id, body: zip })).toBeNull();
});

test("an upload of a stream does not follow a redirect", async () => {
  await using elsewhere = await answering(200, "{}");
  await using server = await answering(307, "{}", { Location: elsewhere.url });
  const call = clientOf(server).createConnectorCustomizerVersion({ id, body: streamOf(zip) });
  await expect(call).rejects.toThrow(ConnectionError);
  await expect(call).rejects.toThrow(/unexpected redirect/);
  expect([server.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
});

describe("the body for `fetch`", () => {
  const onUploadProgress = () => {};
  test.each<[string, unknown, object, "stream" | "whole"]>([
    ["small bytes", zip, {}, "whole"],
    ["a small Blob", new Blob([zip]), {}, "whole"],
    ["bytes of 1 MiB", zipOf(mebibyte), {}, "stream"],
    ["a Blob of 1 MiB", new Blob([zipOf(mebibyte)]), {}, "stream"],
    ["bytes with `onUploadProgress`", zip, { onUploadProgress }, "stream"],
    ["a stream", streamOf(zip), {}, "stream"],
    ["a Blob of jsdom", jsdomBlob(zip), {}, "whole"],
  ])("of %s on Node (%#)", async (_, value, options, expected) => {
    const opened = await openBody(bodySource({ kind: "binary" }, value, { checkZip: true, ...options }));
    expect(opened.body instanceof ReadableStream ? "stream" : "whole").toBe(expected);
    expect((await bytesOfBody(opened)).length).toBeGreaterThanOrEqual(zip.length);
  });

  test.each(zips)("is whole in a browser: %s", async (_, body) => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    const opened = await openBody(
      bodySource({ kind: "binary" }, body(), { checkZip: true, onUploadProgress }),
    );
    expect(opened.body).not.toBeInstanceOf(ReadableStream);
    expect(await bytesOfBody(opened)).toEqual(zip);
  });

  test.each(zips)("is whole if `ReadableStream` is missing, as in jsdom: %s", async (_, body) => {
    const value = body();
    vi.stubGlobal("Blob", JsdomBlob);
    vi.stubGlobal("ReadableStream", undefined);
    const opened = await openBody(
      bodySource({ kind: "binary" }, value, { checkZip: true, onUploadProgress }),
    );
    vi.unstubAllGlobals();
    expect(await bytesOfBody(opened)).toEqual(zip);
  });

  test("of a stream is a Blob in a browser, which may keep it on disk", async () => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    expect((await openBody(binary(streamOf(zip)))).body).toBeInstanceOf(Blob);
  });
});

test("a request on workerd does not use the redirect mode `error`, which workerd lacks", async () => {
  vi.stubGlobal("navigator", { userAgent: "Cloudflare-Workers" });
  const redirects: unknown[] = [];
  await using mock = await startMockTenant({ seed: 1 });
  const client = createClient({
    baseUrl: mock.baseUrl,
    auth: mock,
    fetch: (url, init) => {
      redirects.push(init.redirect);
      return fetch(url, init);
    },
  });
  await client.createConnectorCustomizerVersion({ id, body: streamOf(zip) });
  expect(redirects).toEqual(["manual", "manual"]);
});

test("`close` aborts the request, so that the server does not accept an incomplete body", async () => {
  await using server = await startIdleServer();
  const { body, cancelled } = stallingStream(zipStart);
  const opened = await openBody(binary(body));
  const init = { method: "POST", body: opened.body, duplex: "half" };
  const answer = rejection(fetch(server.url, init as RequestInit));
  const { firstPiece, gone } = await server.arrived;
  await firstPiece;
  await opened.close?.("enough");
  await answer;
  expect(await cancelled).toBe("enough");
  expect(await gone).toBe(false);
  expect(opened.failure?.()).toBeUndefined();
});

test("a source is ended when `fetch` cancels its body", async () => {
  const { body, cancelled } = stallingStream(zipStart);
  const opened = await openBody(binary(body));
  await (opened.body as ReadableStream).cancel("enough");
  expect(await cancelled).toBe("enough");
});

test("`close` does not abort a request whose body was sent completely", async () => {
  await using server = await answering(200, "null");
  const opened = await openBody(binary(zipOf(mebibyte)));
  const init = { method: "POST", body: opened.body, duplex: "half" };
  const response = await fetch(server.url, init as RequestInit);
  await opened.close?.("enough");
  await opened.close?.("enough");
  expect(await response.text()).toBe("null");
});

test("a source is ended when no server listens", async () => {
  const { body, cancelled } = stallingStream(zipStart);
  const call = clientOf({ url: unusedUrl }).createConnectorCustomizerVersion({ id, body });
  expect(await rejection(call)).toBeInstanceOf(ConnectionError);
  await cancelled;
});
