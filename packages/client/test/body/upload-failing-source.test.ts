import { Readable } from "node:stream";
import { afterEach, describe, expect, test, vi } from "vitest";
import { bodySource } from "../../src/body/body-source.ts";
import { CallbackError } from "../../src/errors/errors.ts";
import { type BinaryBody, ConfigurationError } from "../../src/index.ts";
import { bytesOfBody, clientOn, id, openBody, zipStart } from "../support/bodies.ts";
import { ManualClock } from "../support/clock.ts";
import { clientOf, startServer } from "../support/server.ts";
import { rejection } from "../support/rejection.ts";

afterEach(() => vi.unstubAllGlobals());

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
      "a generator that yields nothing",
      // oxlint-disable-next-line require-yield -- it fails before
      async function* (): AsyncGenerator<Uint8Array> {
        throw await Promise.resolve(new Error("the disk is gone"));
      },
    ],
    ["a function", () => () => Promise.reject(new Error("the disk is gone"))],
  ];

  test.each(failing)("causes a CallbackError without a retry: %s", async (_, body) => {
    const clock = new ManualClock();
    await using server = await startServer((_request, response) => response.end("null"));
    const call = clientOn(server.url, clock).createConnectorCustomizerVersion({ id, body: body() });
    const error = await rejection(call);
    expect(error).toBeInstanceOf(CallbackError);
    expect(error).toMatchObject({ callback: "body", message: "The function body threw: the disk is gone" });
    expect(server.requests).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test.each(failing)("causes a CallbackError in a browser: %s", async (_, body) => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
    await using server = await startServer((_request, response) => response.end("null"));
    const call = clientOf(server).createConnectorCustomizerVersion({ id, body: body() });
    await expect(call).rejects.toThrow("The function body threw: the disk is gone");
    expect(server.requests).toEqual([]);
  });

  test("causes a ConfigurationError if a piece is not bytes", async () => {
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

  test("after an abort is not reported as a failure", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const body = new ReadableStream({
      pull(own) {
        own.enqueue(zipStart);
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    });
    const opened = await openBody(bodySource({ kind: "binary" }, body, { checkZip: true }), { signal });
    const read = rejection(bytesOfBody(opened));
    controller.abort();
    await read;
    expect(opened.failure?.()).toBeUndefined();
  });
});
