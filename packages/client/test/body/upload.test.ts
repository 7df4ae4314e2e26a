import { startMockTenant } from "@isc-customizers/mock-tenant";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterEach, describe, expect, test, vi } from "vitest";
import { bodySource } from "../../src/body/body-source.ts";
import { CallbackError } from "../../src/errors/errors.ts";
import {
  ApiError,
  BadRequestError,
  type BinaryBody,
  ConfigurationError,
  ConnectionError,
  createClient,
} from "../../src/index.ts";
import {
  bytesOfBody,
  clientOn,
  id,
  inOtherRealm,
  inSharedMemory,
  JsdomBlob,
  jsdomBlob,
  mebibyte,
  openBody,
  piecesOf,
  rejection,
  reusingMemory,
  stallingStream,
  startIdleServer,
  streamOf,
  zip,
  zipOf,
  zipStart,
} from "../support/bodies.ts";
import { ManualClock } from "../support/clock.ts";
import { answering, clientOf, startServer, unusedUrl } from "../support/server.ts";

const sha256 = createHash("sha256").update(zip).digest("hex");
const binary = (value: unknown) => bodySource("binary", value, { checkZip: true });

afterEach(() => vi.unstubAllGlobals());

/** Bodies that are the zip. */
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
  ["a generator that uses its memory again", () => reusingMemory(zip)],
  ["a function that gives a Blob", () => () => new Blob([zip])],
  [
    "a function that gives a promise of a stream",
    () => {
      const stream = streamOf(zip);
      return () => Promise.resolve(stream);
    },
  ],
];

test.each(zips)("%s arrives complete", async (_, body) => {
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

test("the tenant refuses a body that is not a zip, with the reason", async () => {
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
  ["a function that gives nothing", () => undefined],
])("%s is refused before anything is sent", async (_, body) => {
  await using server = await answering(200, "{}");
  const call = clientOf(server).createConnectorCustomizerVersion({ id, body: body as BinaryBody });
  await expect(call).rejects.toThrow(ConfigurationError);
  await expect(call).rejects.toThrow(/must be a Blob, bytes, a stream/);
  expect(server.requests).toEqual([]);
});

test.each(["", "null"])("the answer %j to an upload is no version", async (answer) => {
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
    ["bytes whose progress is asked for", zip, { onUploadProgress }, "stream"],
    ["a stream", streamOf(zip), {}, "stream"],
    ["a Blob of jsdom", jsdomBlob(zip), {}, "whole"],
  ])("of %s on Node %#", async (_, value, options, expected) => {
    const opened = await openBody(bodySource("binary", value, { checkZip: true, ...options }));
    expect(opened.body instanceof ReadableStream ? "stream" : "whole").toBe(expected);
    expect((await bytesOfBody(opened)).length).toBeGreaterThanOrEqual(zip.length);
  });

  test.each(zips)("is whole in a browser: %s", async (_, body) => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    const opened = await openBody(bodySource("binary", body(), { checkZip: true, onUploadProgress }));
    expect(opened.body).not.toBeInstanceOf(ReadableStream);
    expect(await bytesOfBody(opened)).toEqual(zip);
  });

  test.each(zips)("is whole where `ReadableStream` is missing, as in jsdom: %s", async (_, body) => {
    const value = body();
    vi.stubGlobal("Blob", JsdomBlob);
    vi.stubGlobal("ReadableStream", undefined);
    const opened = await openBody(bodySource("binary", value, { checkZip: true, onUploadProgress }));
    vi.unstubAllGlobals();
    expect(await bytesOfBody(opened)).toEqual(zip);
  });

  test("of a stream is a Blob in a browser, which may keep it on disk", async () => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    expect((await openBody(binary(streamOf(zip)))).body).toBeInstanceOf(Blob);
  });
});

test("workerd is not asked for the redirect mode that it lacks", async () => {
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

/** A server that answers the first request with this status while its body is still sent, and the others when they have ended. */
async function startEarlyServer(status: number) {
  let requests = 0;
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const isFirst = requests++ === 0;
    let body = "";
    request.on("error", () => {});
    request.on("data", (piece: Buffer) => {
      body += piece.toString("latin1");
      if (isFirst && !response.headersSent) {
        response.writeHead(status, { "Content-Type": "application/json", "Retry-After": "0" }).end("null");
      }
    });
    request.on("end", () => {
      bodies.push(body);
      if (!isFirst) response.end("null");
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("an attempt that is answered early", () => {
  /** Gives pieces until it is ended. */
  async function* endless(onEnd: () => void): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield await new Promise<Uint8Array>((resolve) => setImmediate(resolve, zipStart));
    } finally {
      onEnd();
    }
  }

  test.each([401, 429])("with %i is closed before the next begins", async (status) => {
    await using server = await startEarlyServer(status);
    const events: string[] = [];
    let calls = 0;
    let tokens = 0;
    const body = () => {
      events.push(`begin ${++calls}`);
      return calls === 1 ? endless(() => events.push("end 1")) : streamOf(zip);
    };
    const client = clientOf(server, { auth: { accessToken: () => `token-${++tokens}` }, retries: 1 });
    expect(await client.createConnectorCustomizerVersion({ id, body })).toBeNull();
    expect(events).toEqual(["begin 1", "end 1", "begin 2"]);
    // The part of the first body that was sent does not count as a complete one.
    expect(server.bodies).toEqual([Buffer.from(zip).toString("latin1")]);
  });

  test("with 503 is closed, although a POST is not sent again", async () => {
    await using server = await startEarlyServer(503);
    const ended = Promise.withResolvers<void>();
    const body = endless(ended.resolve);
    const call = clientOf(server, { retries: 1 }).createConnectorCustomizerVersion({ id, body });
    expect(await rejection(call)).toBeInstanceOf(ApiError);
    await ended.promise;
    expect(server.bodies).toEqual([]);
  });

  test("destroys a Readable that stalls", async () => {
    await using server = await startEarlyServer(429);
    const first = new Readable({ read() {} });
    first.push(zipStart);
    let calls = 0;
    let wasDestroyed: boolean | undefined;
    const body = () => {
      if (calls++ === 0) return first;
      wasDestroyed = first.closed;
      return zip;
    };
    const client = clientOf(server, { retries: 1 });
    expect(await client.createConnectorCustomizerVersion({ id, body })).toBeNull();
    expect(wasDestroyed).toBe(true);
  });

  test.each([200, 413])("with %i leaves no timer", async (status) => {
    const clock = new ManualClock();
    await using server = await startEarlyServer(status);
    const answered = Promise.withResolvers<void>();
    async function* source() {
      yield zipStart;
      await answered.promise;
      for (let piece = 0; piece < 5; piece++) yield zipStart;
    }
    const outcome: unknown = await clientOn(server.url, clock)
      .createConnectorCustomizerVersion({ id, body: source() })
      .catch((error: unknown) => error);
    if (status === 200) expect(outcome).toBeNull();
    else expect(outcome).toBeInstanceOf(ApiError);
    answered.resolve();
    await clock.advance(1000);
    expect(clock.pending).toBe(0);
  });
});

test("`close` cuts the request off, so that the server does not take the body for complete", async () => {
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

test("`close` leaves a body that was sent completely as it is", async () => {
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

describe("a source that fails", () => {
  const failing: [string, () => BinaryBody][] = [
    [
      "a stream",
      () => {
        const pieces = [zipStart];
        return new ReadableStream({
          pull(controller) {
            const next = pieces.pop();
            if (next) controller.enqueue(next);
            else controller.error(new Error("the disk is gone"));
          },
        });
      },
    ],
    [
      "a Readable",
      () => {
        const pieces = [zipStart];
        return new Readable({
          read() {
            const next = pieces.pop();
            if (next) this.push(next);
            else this.destroy(new Error("the disk is gone"));
          },
        });
      },
    ],
    [
      "a generator",
      async function* () {
        yield await Promise.resolve(zipStart);
        throw new Error("the disk is gone");
      },
    ],
    [
      "a generator that gives nothing",
      // oxlint-disable-next-line require-yield -- it fails before
      async function* (): AsyncGenerator<Uint8Array> {
        throw await Promise.resolve(new Error("the disk is gone"));
      },
    ],
    ["a function", () => () => Promise.reject(new Error("the disk is gone"))],
  ];

  test.each(failing)("is named by a CallbackError, and nothing is sent again: %s", async (_, body) => {
    const clock = new ManualClock();
    await using server = await startServer((_request, response) => response.end("null"));
    const call = clientOn(server.url, clock).createConnectorCustomizerVersion({ id, body: body() });
    const error = await rejection(call);
    expect(error).toBeInstanceOf(CallbackError);
    expect(error).toMatchObject({ callback: "body", message: "The function body threw: the disk is gone" });
    expect(server.requests).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test.each(failing)("is named in a browser, too: %s", async (_, body) => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    await using server = await startServer((_request, response) => response.end("null"));
    const call = clientOf(server).createConnectorCustomizerVersion({ id, body: body() });
    await expect(call).rejects.toThrow("The function body threw: the disk is gone");
    expect(server.requests).toEqual([]);
  });

  test("by a piece that is not bytes is refused", async () => {
    await using server = await startServer((_request, response) => response.end("null"));
    async function* texts() {
      yield await Promise.resolve(zipStart);
      yield "text";
    }
    const client = clientOf(server);
    const call = client.createConnectorCustomizerVersion({ id, body: texts() as AsyncIterable<Uint8Array> });
    await expect(call).rejects.toThrow(ConfigurationError);
    await expect(call).rejects.toThrow(/made of bytes; there is a string in it/);
    expect(server.requests).toEqual([]);
  });

  test("after the abort is not the reason of the failure", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const body = new ReadableStream({
      pull(own) {
        own.enqueue(zipStart);
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    });
    const opened = await openBody(binary(body), { signal });
    const read = rejection(bytesOfBody(opened));
    controller.abort();
    await read;
    expect(opened.failure?.()).toBeUndefined();
  });
});
