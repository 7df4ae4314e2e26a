import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { readErrorText } from "../../src/errors/read-error-text.ts";
import { startServer } from "../support/server.ts";

const limit = 1_048_576;

async function read(type: string, body: Uint8Array | string, headers: Record<string, string> = {}) {
  await using server = await startServer((_, response) =>
    response.writeHead(500, { "Content-Type": type, ...headers }).end(body),
  );
  return await readErrorText(await fetch(server.url));
}

describe("readErrorText", () => {
  test.each([
    ["text/plain", Buffer.from("Größe"), "Größe"],
    ["text/plain; charset=utf-8", Buffer.from("Größe"), "Größe"],
    ["text/plain; charset=ISO-8859-1", Buffer.from("Größe", "latin1"), "Größe"],
    ['application/json; a=b; Charset="windows-1252"', Buffer.from('"Größe"', "latin1"), '"Größe"'],
    ["text/html;charset=shift_jis", Uint8Array.of(0x83, 0x65, 0x83, 0x58, 0x83, 0x67), "テスト"],
    ["text/plain; charset=no-such-charset", Buffer.from("Größe"), "Größe"],
    ["text/plain; charset=", Buffer.from("Größe"), "Größe"],
  ])("decodes a body of %s", async (type, body, expected) => {
    expect(await read(type, body)).toBe(expected);
  });

  test.each([
    ["text/plain", Buffer.from("\uFEFFGröße")],
    ["text/plain; charset=utf-16le", Buffer.from("\uFEFFGröße", "utf16le")],
  ])("removes the byte order mark of a body of %s", async (type, body) => {
    expect(await read(type, body)).toBe("Größe");
  });

  test("decodes a character that arrives in two pieces", async () => {
    await using server = await startServer((_, response) => {
      const [start, end] = [Buffer.from([0xc3]), Buffer.from([0xb6])];
      response.writeHead(500).write(start, () => setImmediate(() => response.end(end)));
    });
    expect(await readErrorText(await fetch(server.url))).toBe("ö");
  });

  test("returns an empty text for a response without a body", async () => {
    expect(await read("text/plain", "")).toBe("");
    expect(await readErrorText(new Response(null, { status: 500 }))).toBe("");
  });

  test("returns a body of 1 MiB whole", async () => {
    expect(await read("text/plain", "x".repeat(limit))).toHaveLength(limit);
  });

  test("reads 1 MiB of an endless body, and closes its connection", async () => {
    let closed: Promise<unknown> | undefined;
    await using server = await startServer((_, response) => {
      closed = once(response, "close");
      const write = () => {
        while (response.write("x".repeat(65_536)));
        response.once("drain", write);
      };
      response.writeHead(500);
      write();
    });
    expect(await readErrorText(await fetch(server.url))).toBe("x".repeat(limit));
    await closed;
  });

  test("reads 1 MiB of a small body that decompresses to 64 MiB", async () => {
    const body = gzipSync(Buffer.alloc(64 * limit, "x"));
    expect(await read("text/plain", body, { "Content-Encoding": "gzip" })).toHaveLength(limit);
  });

  test("does not wait for a stream whose cancel never settles", async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
      cancel: () => new Promise(() => {}),
    });
    expect(await readErrorText(new Response(body))).toHaveLength(limit);
  });

  test("throws when the body is cut off", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(500, { "Content-Length": "100" });
      response.write("{", () => request.socket.destroy());
    });
    await expect(readErrorText(await fetch(server.url))).rejects.toThrow(Error);
  });

  test.each([
    ["has no `body`", undefined],
    ["has a Node stream as its `body`", { pipe: () => {} }],
  ])("uses `text()` when the response of a custom fetch %s", async (_, body) => {
    const response = Object.defineProperty(new Response("text"), "body", { value: body });
    expect(await readErrorText(response)).toBe("text");
  });

  test("uses `text()` when the runtime has no TextDecoder", async () => {
    vi.stubGlobal("TextDecoder", undefined);
    expect(await readErrorText(new Response("text"))).toBe("text");
  });
});
