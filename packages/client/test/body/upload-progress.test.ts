import { startMockTenant } from "@isc-customizers/mock-tenant";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { bodySource } from "../../src/body/body-source.ts";
import { reportProgress } from "../../src/body/upload-progress.ts";
import { CallbackError } from "../../src/errors/errors.ts";
import { type BinaryBody, createClient, type UploadProgress } from "../../src/index.ts";
import {
  bytesOfBody,
  clientOn,
  id,
  mebibyte,
  openBody,
  streamOf,
  zip,
  zipOf,
  zipStart,
} from "../support/bodies.ts";
import { ManualClock } from "../support/clock.ts";
import { clientOf, startServer } from "../support/server.ts";
import { rejection } from "../support/rejection.ts";

const size = 3 * mebibyte + 17;

afterEach(() => vi.unstubAllGlobals());

test.each<[string, () => BinaryBody, number | undefined]>([
  ["bytes", () => zipOf(size), size],
  ["a Blob", () => new Blob([zipOf(size)]), size],
  ["a function that returns a stream", () => () => new Blob([zipOf(size)]).stream(), undefined],
])("the progress of %s is reported from 0 to its length in each attempt", async (_, body, total) => {
  let answers = 0;
  const clock = new ManualClock();
  await using server = await startServer((_request, response) => {
    if (answers++ === 0) response.writeHead(429, { "Retry-After": "5" }).end();
    else response.end("null");
  });
  const reports: UploadProgress[] = [];
  const onUploadProgress = (progress: UploadProgress) => void reports.push(progress);
  const waits = clock.asked(5000);
  const call = clientOn(server.url, clock)
    .createConnectorCustomizerVersion({ id, body: body() }, { onUploadProgress })
    .then((data) => data);
  await waits;
  await clock.advance(5000);
  expect(await call).toBeNull();
  expect(server.requests).toHaveLength(2);
  expect(server.requests[1]?.body).toBe(server.requests[0]?.body);
  const attempts = [1, 2].map((number) => reports.filter(({ attempt }) => attempt === number));
  expect(attempts.flat()).toEqual(reports);
  for (const [at, attempt] of attempts.entries()) {
    expect(attempt[0]).toEqual({ sent: 0, total, attempt: at + 1 });
    expect(attempt.at(-1)).toEqual({ sent: size, total, attempt: at + 1 });
    const sent = attempt.map((report) => report.sent);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
  }
});

test("an attempt reports no progress after the next attempt has begun", async () => {
  let requests = 0;
  const server = createServer((request, response) => {
    request.on("error", () => {});
    if (requests++ > 0) return request.resume().on("end", () => response.end("null"));
    return request.once("data", () => response.writeHead(429, { "Retry-After": "0" }).end());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  async function* endless() {
    for (;;) yield await new Promise<Uint8Array>((resolve) => setImmediate(resolve, zipStart));
  }
  let calls = 0;
  const body = () => (calls++ === 0 ? endless() : streamOf(zip));
  const reports: UploadProgress[] = [];
  await clientOf({ url: `http://127.0.0.1:${port}` }, { retries: 1 }).createConnectorCustomizerVersion(
    { id, body },
    { onUploadProgress: (progress) => reports.push(progress) },
  );
  const attempts = reports.map(({ attempt }) => attempt);
  expect(attempts).toEqual(attempts.toSorted((a, b) => a - b));
  expect(reports.at(-1)).toEqual({ sent: zip.length, total: undefined, attempt: 2 });
  server.closeAllConnections();
  server.close();
});

test("progress is not reported after `close` of a stream", async () => {
  const reports: number[] = [];
  const onUploadProgress = ({ sent }: UploadProgress) => void reports.push(sent);
  const source = bodySource({ kind: "binary" }, zipOf(2 * mebibyte), { checkZip: true, onUploadProgress });
  const opened = await openBody(source);
  const reader = (opened.body as ReadableStream).getReader();
  await reader.read();
  await opened.close?.("enough");
  await expect(reader.read()).rejects.toBe("enough");
  opened.complete?.();
  expect(reports).toEqual([0, 65_536]);
});

test("progress is not reported after `close` of a body that is sent whole", async () => {
  vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
  const reports: number[] = [];
  const onUploadProgress = ({ sent }: UploadProgress) => void reports.push(sent);
  const opened = await openBody(bodySource({ kind: "binary" }, zip, { checkZip: true, onUploadProgress }));
  await opened.close?.("enough");
  opened.complete?.();
  expect(reports).toEqual([0]);
});

describe("`onUploadProgress` that fails", () => {
  const failing: [string, (progress: UploadProgress) => unknown][] = [
    [
      "throws",
      () => {
        throw new Error("no such element");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no such element"))],
  ];

  test.each(failing)("at the start causes a CallbackError, and nothing is sent: it %s", async (_, fail) => {
    await using server = await startServer((_request, response) => response.end("null"));
    const call = clientOf(server).createConnectorCustomizerVersion(
      { id, body: zipStart },
      { onUploadProgress: fail as () => void },
    );
    const error = await rejection(call);
    expect(error).toBeInstanceOf(CallbackError);
    expect(error).toMatchObject({
      callback: "onUploadProgress",
      message: "The function onUploadProgress threw: no such element",
    });
    expect(server.requests).toEqual([]);
  });

  test.each(failing)("during the body ends the body: it %s", async (_, fail) => {
    const onUploadProgress = (progress: UploadProgress) => (progress.sent > 0 ? fail(progress) : undefined);
    const opened = await openBody(
      bodySource({ kind: "binary" }, zipOf(2 * mebibyte), { checkZip: true, onUploadProgress }),
    );
    const error = await rejection(bytesOfBody(opened));
    expect(error).toBeInstanceOf(CallbackError);
    expect(opened.failure?.()).toBe(error);
  });

  test("after the response is ignored", async () => {
    await using server = await startServer((_request, response) => response.end("null"));
    const rejects = Promise.withResolvers<void>();
    const onUploadProgress = ({ sent }: UploadProgress) => (sent > 0 ? rejects.promise : undefined);
    const call = clientOf(server).createConnectorCustomizerVersion(
      { id, body: zipStart },
      { onUploadProgress: onUploadProgress as () => void },
    );
    expect(await call).toBeNull();
    rejects.reject(new Error("no such element"));
    // An unhandled rejection would fail the test run.
    await new Promise(setImmediate);
  });

  test("after an abort is not reported as a failure", async () => {
    const controller = new AbortController();
    const onUploadProgress = () => {
      controller.abort();
      throw new Error("no such element");
    };
    const source = bodySource({ kind: "binary" }, zipStart, { checkZip: true, onUploadProgress });
    await rejection(openBody(source, controller));
    const quiet = bodySource({ kind: "binary" }, streamOf(zip), { checkZip: true });
    const another = new AbortController();
    const opened = await openBody(quiet, another);
    another.abort();
    await opened.close?.("aborted");
    expect(opened.failure?.()).toBeUndefined();
  });
});

describe("in a browser", () => {
  test.each<[string, () => BinaryBody, number | undefined]>([
    ["a stream", () => streamOf(zip), undefined],
    ["a Blob", () => new Blob([zip]), zip.length],
  ])("the progress of %s is reported at the start and at the end", async (_, body, total) => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    await using server = await startServer((_request, response) => response.end("null"));
    const reports: UploadProgress[] = [];
    await clientOf(server).createConnectorCustomizerVersion(
      { id, body: body() },
      { onUploadProgress: (progress) => reports.push(progress) },
    );
    expect(reports).toEqual([
      { sent: 0, total, attempt: 1 },
      { sent: zip.length, total: zip.length, attempt: 1 },
    ]);
  });

  test("a call fails without a retry if `onUploadProgress` throws at the end", async () => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    await using mock = await startMockTenant({ seed: 1 });
    const onUploadProgress = ({ sent }: UploadProgress) => {
      if (sent > 0) throw Object.assign(new Error("no such element"), { syscall: "connect" });
    };
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const call = client.createConnectorCustomizerVersion({ id, body: new Blob([zip]) }, { onUploadProgress });
    await expect(call).rejects.toThrow(CallbackError);
    await expect(call).rejects.toThrow(/no such element/);
    expect(mock.versions).toHaveLength(1);
  });

  test("a call fails if a promise of `onUploadProgress` rejects while a stream is read", async () => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    const onUploadProgress = () => Promise.reject(new Error("no such element"));
    const source = bodySource({ kind: "binary" }, streamOf(zip), { checkZip: true, onUploadProgress });
    await expect(openBody(source)).rejects.toThrow("The function onUploadProgress threw: no such element");
  });

  test("a call fails if a promise of `onUploadProgress` rejects before the response", async () => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    const onUploadProgress = ({ sent }: UploadProgress) =>
      sent === 0 ? Promise.reject(new Error("no such element")) : undefined;
    const opened = await openBody(
      bodySource({ kind: "binary" }, new Blob([zip]), { checkZip: true, onUploadProgress }),
    );
    await new Promise(setImmediate);
    expect(opened.failure?.()).toBeInstanceOf(CallbackError);
    expect(() => opened.complete?.()).toThrow("The function onUploadProgress threw: no such element");
  });
});

test("reportProgress accepts a missing function, and any value that the function returns", () => {
  const progress = { sent: 0, total: 1, attempt: 1 };
  const onRejected = () => expect.fail();
  reportProgress(undefined, progress, onRejected);
  reportProgress(() => 7, progress, onRejected);
});
