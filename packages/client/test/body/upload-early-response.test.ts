import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { ApiError, TimeoutError } from "../../src/index.ts";
import { clientOn, id, streamOf, zip, zipStart } from "../support/bodies.ts";
import { ManualClock } from "../support/clock.ts";
import { clientOf, listen } from "../support/server.ts";
import { rejection } from "../support/rejection.ts";

/** Starts a server that answers the first request during its body, and the others after it. */
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

describe("a response that arrives during the upload", () => {
  /** Yields pieces until it is ended. */
  async function* endless(onEnd: () => void): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield await new Promise<Uint8Array>((resolve) => setImmediate(resolve, zipStart));
    } finally {
      onEnd();
    }
  }

  test.each([401, 429])("ends the source before the next attempt, if the status is %i", async (status) => {
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

  test("ends the source without a retry, if the status is 503", async () => {
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

  test.each([200, 413])("leaves no timer, if the status is %i", async (status) => {
    const clock = new ManualClock();
    await using server = await startEarlyServer(status);
    const answered = Promise.withResolvers<void>();
    async function* source() {
      yield zipStart;
      await answered.promise;
      for (let piece = 0; piece < 5; piece++) yield zipStart;
    }
    const result: unknown = await clientOn(server.url, clock)
      .createConnectorCustomizerVersion({ id, body: source() })
      .catch((error: unknown) => error);
    if (status === 200) expect(result).toBeNull();
    else expect(result).toBeInstanceOf(ApiError);
    answered.resolve();
    await clock.advance(1000);
    expect(clock.pending).toBe(0);
  });
});

/** Starts a server that answers a request as soon as its head has arrived. */
async function answeringEarly(answer: (response: ServerResponse, request: number) => void) {
  let requests = 0;
  const server = createServer((request, response) => {
    request.on("error", () => {}).resume();
    answer(response, requests++);
  });
  return await listen(server);
}

describe("an endless response during an upload", () => {
  const endless = (status: number) =>
    answeringEarly((response) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      const chunk = Buffer.alloc(65_536, " ");
      const write = () => {
        if (!response.destroyed) response.write(chunk, () => setImmediate(write));
      };
      write();
    });
  async function* endlessZip() {
    for (;;) yield await new Promise<Uint8Array>((resolve) => setImmediate(resolve, zip));
  }

  test("is read up to 1 MiB if it is an error", async () => {
    await using server = await endless(413);
    const call = clientOf(server).createConnectorCustomizerVersion({ id, body: endlessZip() });
    await expect(call).rejects.toMatchObject({ status: 413 });
  });

  test("ends with `timeout` if it is a success, although the upload goes on", async () => {
    await using server = await endless(201);
    const call = clientOf(server, { timeout: 300 }).createConnectorCustomizerVersion({
      id,
      body: endlessZip(),
    });
    await expect(call).rejects.toThrow(TimeoutError);
  });
});
