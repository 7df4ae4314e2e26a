import { describe, expect, test, vi } from "vitest";
import { blobBytes, isBlob, isPlatformBlob } from "../../src/body/blob.ts";
import { jsdomBlob } from "../support/bodies.ts";

const bytes = new Uint8Array([1, 2, 3]);
const foreign = jsdomBlob(bytes);

describe("a Blob is recognized", () => {
  test.each<[string, unknown, boolean]>([
    ["of the platform", new Blob([bytes]), true],
    ["that is a File", new File([bytes], "a.zip"), true],
    ["of jsdom", foreign, false],
  ])("%s", (_, value, isOwn) => {
    expect(isBlob(value)).toBe(true);
    expect(isPlatformBlob(value as Blob)).toBe(isOwn);
  });

  test.each([null, undefined, "Blob", {}, bytes])("but %s is not one", (value) =>
    expect(isBlob(value)).toBe(false),
  );
});

describe("the bytes of a Blob are read", () => {
  test("with `arrayBuffer`", async () => {
    expect(await blobBytes(new Blob([bytes]))).toEqual(bytes);
    expect(await blobBytes(foreign)).toEqual(bytes);
  });

  /** As in a browser, for as much as is needed here. */
  class FileReader extends EventTarget {
    result: unknown;
    error = new Error("The file was removed");
    readAsArrayBuffer({ size }: Blob): void {
      this.result = bytes.buffer;
      queueMicrotask(() => this.dispatchEvent(new Event(size > 0 ? "load" : "error")));
    }
  }

  test("with `FileReader` where there is no `arrayBuffer`", async () => {
    vi.stubGlobal("FileReader", FileReader);
    expect(await blobBytes({ size: 3 } as Blob)).toEqual(bytes);
    await expect(blobBytes({ size: 0 } as Blob)).rejects.toThrow("The file was removed");
  });
});
