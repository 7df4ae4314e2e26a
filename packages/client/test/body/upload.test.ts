import { startMockTenant } from "@isc-customizers/mock-tenant";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { zipSync } from "fflate";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  AuthenticationError,
  BadRequestError,
  type BinaryBody,
  ConfigurationError,
  ConnectionError,
  createClient,
  type UploadProgress,
} from "../../src/index.ts";
import { answering, clientOf } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const zip = zipSync({
  "index.js": new TextEncoder().encode("module.exports = {}"),
  "connector-spec.json": new Uint8Array(2),
});
const sha256 = createHash("sha256").update(zip).digest("hex");

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 50) controller.enqueue(bytes.slice(at, at + 50));
      controller.close();
    },
  });
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 50) yield await Promise.resolve(bytes.slice(at, at + 50));
}

describe("an upload arrives whole", () => {
  test.each<[string, () => BinaryBody]>([
    ["a Blob", () => new Blob([zip])],
    ["bytes", () => zip],
    ["a part of a larger buffer", () => new Uint8Array([0, 0, ...zip, 0]).subarray(2, 2 + zip.length)],
    ["an ArrayBuffer", () => zip.buffer.slice(zip.byteOffset, zip.byteOffset + zip.length)],
    ["a stream", () => streamOf(zip)],
    ["a Buffer", () => Buffer.from(zip)],
    ["a view of another kind", () => new DataView(zip.buffer, zip.byteOffset, zip.length)],
    ["a stream of Node's, as one of the web", () => Readable.toWeb(Readable.from([Buffer.from(zip)]))],
    ["a stream of Node's", () => Readable.from([Buffer.from(zip)])],
    ["a generator", () => piecesOf(zip)],
    ["a function that gives a Blob", () => () => new Blob([zip])],
    ["a function that gives a stream, later", () => () => Promise.resolve(streamOf(zip))],
  ])("from %s", async (_, body) => {
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

  test("and what is no zip is refused by the tenant, with the reason, if it is sent", async () => {
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
});

describe("a body that cannot be sent is refused before anything is", () => {
  test.each<[string, unknown]>([
    ["a path", "./customizer.zip"],
    ["a URL", new URL("file:///customizer.zip")],
    ["an object", { name: "x" }],
    ["null", null],
    ["a form", new FormData()],
    ["a function that gives nothing", () => undefined],
  ])("%s", async (_, body) => {
    await using server = await answering(200, "{}");
    const call = clientOf(server).createConnectorCustomizerVersion({ id, body: body as BinaryBody });
    await expect(call).rejects.toThrow(ConfigurationError);
    await expect(call).rejects.toThrow(
      /must be a Blob, bytes, a stream, an async iterable of bytes, or a function/,
    );
    expect(server.requests).toEqual([]);
  });

  test("a stream that is being read already", async () => {
    await using server = await answering(200, "{}");
    const body = streamOf(zip);
    body.getReader();
    await expect(clientOf(server).createConnectorCustomizerVersion({ id, body })).rejects.toThrow(
      /being read already/,
    );
    expect(server.requests).toEqual([]);
  });
});

test("bytes that were transferred elsewhere are refused, not sent as none", async () => {
  await using server = await answering(200, "{}");
  for (const body of [new ArrayBuffer(8), new Uint8Array(8)]) {
    structuredClone(body, { transfer: [body instanceof ArrayBuffer ? body : body.buffer] });
    await expect(clientOf(server).createConnectorCustomizerVersion({ id, body })).rejects.toThrow(
      ConfigurationError,
    );
  }
  expect(server.requests).toEqual([]);
});

test("a stream is let go when there is no token to send it with", async () => {
  const cancelled = Promise.withResolvers<unknown>();
  const body = new ReadableStream({ cancel: cancelled.resolve });
  const client = createClient({ baseUrl: "http://localhost", auth: { accessToken: () => "" } });
  const error: unknown = await client
    .createConnectorCustomizerVersion({ id, body })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(await cancelled.promise).toBe(error);
});

test("a stream that is answered by a redirect goes nowhere", async () => {
  await using elsewhere = await answering(200, "{}");
  await using server = await answering(307, "{}", { Location: elsewhere.url });
  const call = clientOf(server).createConnectorCustomizerVersion({ id, body: streamOf(zip) });
  await expect(call).rejects.toThrow(ConnectionError);
  await expect(call).rejects.toThrow(/unexpected redirect/);
  expect([server.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
});

test("an empty answer is no version either", async () => {
  await using server = await answering(200, "");
  expect(await clientOf(server).createConnectorCustomizerVersion({ id, body: zip })).toBeNull();
});

test("a null version is passed on", async () => {
  await using server = await answering(200, "null");
  expect(await clientOf(server).createConnectorCustomizerVersion({ id, body: zip })).toBeNull();
});

describe("in a browser", () => {
  afterEach(() => vi.unstubAllGlobals());

  // It would send a stream as a text, and does not tell how far a body is.
  test.each<[string, () => BinaryBody]>([
    ["a stream", () => streamOf(zip)],
    ["a generator that uses its memory again", () => reusing(zip)],
    ["a Blob", () => new Blob([zip])],
  ])("%s is sent at once, and its progress told at either end", async (_, body) => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    await using mock = await startMockTenant({ seed: 1 });
    const told: [number, number | undefined][] = [];
    let sent: unknown;
    const client = createClient({
      baseUrl: mock.baseUrl,
      auth: mock,
      fetch: (url, init) => {
        sent = init.body;
        return fetch(url, init);
      },
    });
    await client.createConnectorCustomizerVersion(
      { id, body: body() },
      { onUploadProgress: (progress) => told.push([progress.sent, progress.total]) },
    );
    expect(sent).toBeInstanceOf(Blob);
    expect(mock.versions.at(-1)?.archive).toMatchObject({ size: zip.length, sha256 });
    expect(told.map(([count]) => count)).toEqual([0, zip.length]);
    expect(told.at(-1)).toEqual([zip.length, zip.length]);
  });

  test("progress told to a function that fails at the end is the caller's own error, in ours", async () => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    await using mock = await startMockTenant({ seed: 1 });
    const onUploadProgress = ({ sent }: UploadProgress) => {
      if (sent > 0) throw Object.assign(new Error("no such element"), { syscall: "connect" });
    };
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const call = client.createConnectorCustomizerVersion({ id, body: new Blob([zip]) }, { onUploadProgress });
    await expect(call).rejects.toThrow(ConfigurationError);
    await expect(call).rejects.toThrow(/no such element/);
    // It has arrived, and is not sent again.
    expect(mock.versions).toHaveLength(1);
  });

  test("a stream that breaks is let go, and nothing of it sent", async () => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    await using mock = await startMockTenant({ seed: 1 });
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(zip);
      throw new Error("disk gone");
    }
    const call = client.createConnectorCustomizerVersion({ id, body: broken() });
    await expect(call).rejects.toThrow(/the body failed while it was sent: disk gone/);
    expect(mock.requests.map(({ path }) => path)).toEqual(["/oauth/token"]);
  });
});

test("workerd is not asked for what it does not have", async () => {
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
  vi.unstubAllGlobals();
  expect(redirects).toEqual(["manual", "manual"]);
});

async function* reusing(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(50);
  for (let at = 0; at < bytes.length; at += memory.length) {
    const next = bytes.subarray(at, at + memory.length);
    memory.set(next);
    yield await Promise.resolve(memory.subarray(0, next.length));
  }
}
