import type { BodyKind } from "@isc-customizers/types";
import { once } from "node:events";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { bodySource, isSentUnchanged, rawBodySource } from "../../src/body/body-source.ts";
import { CallbackError } from "../../src/errors/errors.ts";
import { AbortError, AuthenticationError, ConfigurationError, createClient } from "../../src/index.ts";
import {
  bytesOfBody,
  id,
  inSharedMemory,
  JsdomBlob,
  openBody,
  piecesOf,
  stallingStream,
  streamOf,
  zip,
  zipStart,
} from "../support/bodies.ts";
import { rejection } from "../support/rejection.ts";

const unchecked = { checkZip: false };
const binary = (value: unknown) => bodySource({ kind: "binary" }, value, unchecked);

describe("the body of an operation", () => {
  test.each<[string, BodyKind, unknown, string]>([
    ["JSON", "json", { name: "Grüße" }, '{"name":"Grüße"}'],
    ["null as JSON", "json", null, "null"],
    ["a string", "text", "a text", "a text"],
    ["the fields of a form", "urlencoded", { a: "b c", list: [1, 2] }, "a=b+c&list=1&list=2"],
    ["a form", "urlencoded", new URLSearchParams({ a: "b c" }), "a=b+c"],
    ["bytes", "binary", zip, new TextDecoder().decode(zip)],
  ])("can be sent twice as %s", async (_, kind, value, expected) => {
    const source = bodySource({ kind }, value, unchecked);
    expect(source.repeatable).toBe(true);
    for (const attempt of [1, 2]) {
      const opened = await openBody(source, { attempt });
      expect(new TextDecoder().decode(await bytesOfBody(opened))).toBe(expected);
    }
  });

  test.each<[BodyKind, unknown, string]>([
    ["json", undefined, "The body must be JSON; got undefined."],
    ["json", () => {}, "The body must be JSON; got a value of type function."],
    ["json", { size: 1n }, "The body cannot be written as JSON: Do not know how to serialize a BigInt"],
    ["text", 7, "The body must be a string; got a value of type number."],
    ["text", new URL("file:///a.txt"), "The body must be a string; got an instance of URL."],
    [
      "multipart",
      zip,
      "The body must be an object, a FormData or a URLSearchParams; got an instance of Uint8Array.",
    ],
    ["urlencoded", null, "The body must be an object, a FormData or a URLSearchParams; got null."],
  ])("of kind %s cannot be %s", (kind, value, message) => {
    const create = () => bodySource({ kind }, value, unchecked);
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(message);
  });

  test.each<[string, unknown, string]>([
    ["a path", "./customizer.zip", "got a value of type string"],
    ["a URL", new URL("file:///customizer.zip"), "got an instance of URL"],
    ["an object", { name: "x" }, "got an instance of Object"],
    ["an object without a prototype", Object.create(null), "got a value of type object"],
    ["an array", [1, 2], "got an instance of Array"],
    ["null", null, "got null"],
    ["undefined", undefined, "got undefined"],
    ["a form", new FormData(), "got an instance of FormData"],
  ])("of kind binary cannot be %s", async (_, value, got) => {
    const message = `The body must be a Blob, bytes, a stream, an async iterable of bytes, or a function that returns one; ${got}.`;
    expect(() => binary(value)).toThrow(ConfigurationError);
    expect(() => binary(value)).toThrow(message);
    const error = await rejection(openBody(binary(() => value)));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toBe(message);
  });

  test("cannot be a stream that is already being read", async () => {
    const body = streamOf(zip);
    body.getReader();
    expect(() => binary(body)).toThrow(/already being read/);
    await expect(openBody(binary(() => body))).rejects.toThrow(/already being read/);
  });
});

describe("the content for a `Request`", () => {
  const form = new FormData();
  const blob = new Blob([zip]);
  test.each<[string, BodyKind, unknown, unknown]>([
    ["the text of JSON", "json", { a: 1 }, '{"a":1}'],
    ["a text", "text", "a text", "a text"],
    ["a form", "multipart", form, form],
    ["bytes", "binary", zip, zip],
    ["bytes that were in shared memory", "binary", inSharedMemory(zip), zip],
    ["a Blob", "binary", blob, blob],
  ])("is %s", (_, kind, value, expected) => {
    const { content } = bodySource({ kind }, value, unchecked);
    expect(content).toEqual(expected);
    expect(() => new Request("http://localhost", { method: "POST", body: content ?? null })).not.toThrow();
  });

  test.each<[string, () => unknown]>([
    ["a stream", () => streamOf(zip)],
    ["an iterable", () => piecesOf(zip)],
    ["a function", () => () => zip],
    ["a Blob of jsdom", () => new JsdomBlob([zip])],
  ])("is undefined for %s", (_, value) => expect(binary(value()).content).toBeUndefined());
});

describe("the body of a call by path", () => {
  const form = new URLSearchParams("a=b");
  test.each<[string, unknown, string]>([
    ["a text", "text", "text"],
    ["an empty text", "", ""],
    ["a form", form, "a=b"],
    ["bytes", zip, new TextDecoder().decode(zip)],
    ["a function that returns bytes", () => zip, new TextDecoder().decode(zip)],
  ])("can be %s", async (_, value, expected) => {
    const opened = await openBody(rawBodySource(value));
    expect(new TextDecoder().decode(await bytesOfBody(opened))).toBe(expected);
  });

  test.each([undefined, null, 7, {}])("cannot be %s", (value) => {
    expect(() => rawBodySource(value)).toThrow(ConfigurationError);
  });

  test("is sent unchanged if it is a form or binary, and otherwise as JSON", () => {
    for (const value of [form, new FormData(), zip, zip.buffer, new Blob(), streamOf(zip), piecesOf(zip)]) {
      expect(isSentUnchanged(value)).toBe(true);
    }
    for (const value of [{ a: 1 }, [1], null, undefined, 1]) expect(isSentUnchanged(value)).toBe(false);
  });
});

describe("a body function", () => {
  test("is called for each attempt", async () => {
    let calls = 0;
    const source = binary(() => {
      calls++;
      return Promise.resolve(streamOf(zip));
    });
    expect(source.repeatable).toBe(true);
    expect(calls).toBe(0);
    for (const attempt of [1, 2]) {
      expect(await bytesOfBody(await openBody(source, { attempt }))).toEqual(zip);
      expect(calls).toBe(attempt);
    }
  });

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("no such file");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no such file"))],
    ["rejects with an error of the client", () => Promise.reject(new AuthenticationError("no such file"))],
  ])("that %s causes a CallbackError", async (_, body) => {
    const error = await rejection(openBody(binary(body)));
    expect(error).toBeInstanceOf(CallbackError);
    expect(error).toMatchObject({ callback: "body", message: "The function body threw: no such file" });
    expect((error as Error).cause).toMatchObject({ message: "no such file" });
  });

  test("that returns a stream after the abort: cancels the stream", async () => {
    const { body, cancelled } = stallingStream();
    const given = Promise.withResolvers<unknown>();
    const controller = new AbortController();
    const opened = rejection(
      openBody(
        binary(() => given.promise),
        { signal: controller.signal },
      ),
    );
    controller.abort("enough");
    expect(await opened).toBeInstanceOf(AbortError);
    given.resolve(body);
    expect(await cancelled).toBe("enough");
  });
});

describe("`discard`", () => {
  test("cancels a stream", async () => {
    const { body, cancelled } = stallingStream();
    binary(body).discard("no token");
    expect(await cancelled).toBe("no token");
  });

  test("does not cancel a stream with another reader", () => {
    const body = streamOf(zip);
    const source = binary(body);
    const reader = body.getReader();
    source.discard("no token");
    return expect(reader.read()).resolves.toMatchObject({ done: false });
  });

  test("destroys a Readable", async () => {
    const body = new Readable({ read() {} });
    binary(body).discard("no token");
    expect(body.destroyed).toBe(true);
    await once(body, "close");
  });

  test("ends a generator", async () => {
    const body = piecesOf(zip);
    binary(body).discard("no token");
    expect(await body.next()).toEqual({ done: true, value: undefined });
  });

  test("has no effect on bytes, a Blob and a function", () => {
    for (const body of [zip, new Blob([zip]), () => expect.fail()]) binary(body).discard("no token");
  });

  test("is called when no token can be obtained", async () => {
    const { body, cancelled } = stallingStream(zipStart);
    const client = createClient({ baseUrl: "http://localhost", auth: { accessToken: () => "" } });
    const error = await rejection(client.createConnectorCustomizerVersion({ id, body }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(await cancelled).toBe(error);
  });
});

test("a Readable that fails before it is read does not end the process", async () => {
  const body = new Readable({ read() {} });
  const source = binary(body);
  body.destroy(new Error("no such file"));
  await new Promise(setImmediate);
  await expect(openBody(source)).rejects.toThrow("The function body threw: no such file");
});
