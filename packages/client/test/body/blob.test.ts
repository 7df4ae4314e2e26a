import { describe, expect, test, vi } from "vitest";
import { blobBytes, isBlob, isPlatformBlob } from "../../src/body/blob.ts";
import { jsdomBlob } from "../support/bodies.ts";

const bytes = new Uint8Array([1, 2, 3]);
const foreign = jsdomBlob(bytes);

describe("isBlob", () => {
  test.each<[string, unknown, boolean]>([
    ["a Blob of the platform", new Blob([bytes]), true],
    ["a File", new File([bytes], "a.zip"), true],
    ["a Blob of jsdom", foreign, false],
  ])("recognizes %s", (_, value, isOwn) => {
    expect(isBlob(value)).toBe(true);
    expect(isPlatformBlob(value as Blob)).toBe(isOwn);
  });

  test.each([null, undefined, "Blob", {}, bytes])("does not recognize %j", (value) =>
    expect(isBlob(value)).toBe(false),
  );
});

describe("blobBytes", () => {
  test("uses `arrayBuffer`", async () => {
    expect(await blobBytes(new Blob([bytes]))).toEqual(bytes);
    expect(await blobBytes(foreign)).toEqual(bytes);
  });

  /** The part of a browser's `FileReader` that the client uses. */
  class FileReader extends EventTarget {
    result: unknown;
    error = new Error("The file was removed");
    readAsArrayBuffer({ size }: Blob): void {
      this.result = bytes.buffer;
      queueMicrotask(() => this.dispatchEvent(new Event(size > 0 ? "load" : "error")));
    }
  }

  test("uses `FileReader` if the Blob has no `arrayBuffer`", async () => {
    vi.stubGlobal("FileReader", FileReader);
    expect(await blobBytes({ size: 3 } as Blob)).toEqual(bytes);
    await expect(blobBytes({ size: 0 } as Blob)).rejects.toThrow("The file was removed");
  });
});
