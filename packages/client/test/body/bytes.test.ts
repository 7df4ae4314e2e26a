import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { bytesOf, isBuffer } from "../../src/body/bytes.ts";
import { ConfigurationError } from "../../src/index.ts";
import { inOtherRealm, inSharedMemory } from "../support/bodies.ts";

const bytes = new Uint8Array([1, 2, 3, 4]);
const other = inOtherRealm(bytes);
// `fetch` refuses it: https://webidl.spec.whatwg.org/#AllowResizable
const resizable = runInNewContext("new ArrayBuffer(4, { maxByteLength: 8 })", { ArrayBuffer }) as ArrayBuffer;
new Uint8Array(resizable).set(bytes);

describe("isBuffer", () => {
  test.each<[string, unknown]>([
    ["a typed array", bytes],
    ["an ArrayBuffer", bytes.buffer],
    ["a Buffer", Buffer.from(bytes)],
    ["a DataView", new DataView(bytes.buffer)],
    ["a typed array of another realm", other],
    ["an ArrayBuffer of another realm", other.buffer],
    ["shared memory", inSharedMemory(bytes).buffer],
    ["a view of shared memory", inSharedMemory(bytes)],
    ["memory that can be resized", resizable],
    ["a view of memory that can be resized", new Uint8Array(resizable)],
    [
      "shared memory of another realm",
      runInNewContext("const b = new SharedArrayBuffer(4); new Uint8Array(b).set([1, 2, 3, 4]); b"),
    ],
  ])("recognizes %s", (_, value) => {
    expect(isBuffer(value)).toBe(true);
    const own = bytesOf(value);
    expect(own).toEqual(bytes);
    expect(own).toBeInstanceOf(Uint8Array);
    expect(own.buffer).toBeInstanceOf(ArrayBuffer);
    expect(own.buffer).not.toMatchObject({ resizable: true });
  });

  test.each([undefined, null, 1, "text", {}, [1], new Blob()])("does not recognize %j", (value) => {
    expect(isBuffer(value)).toBe(false);
    expect(() => bytesOf(value)).toThrow(ConfigurationError);
    expect(() => bytesOf(value)).toThrow(/made of bytes; there is an? \w+ in it/);
  });
});

test("bytes in the memory of this realm are not copied", () => {
  expect(bytesOf(bytes).buffer).toBe(bytes.buffer);
  expect(bytesOf(bytes.subarray(1, 3))).toEqual(new Uint8Array([2, 3]));
});

test.each([
  ["an ArrayBuffer", (buffer: ArrayBuffer) => buffer],
  ["a view", (buffer: ArrayBuffer) => new Uint8Array(buffer)],
])("%s that was transferred is rejected", (_, toValue) => {
  const buffer = new ArrayBuffer(8);
  const value = toValue(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  expect(() => bytesOf(value)).toThrow(ConfigurationError);
  expect(() => bytesOf(value)).toThrow("The buffer of the body is detached: it was transferred.");
});
