import { bytesOf } from "./bytes.ts";
import { isInstanceOf } from "./platform-class.ts";

/** Returns `true` for a `Blob` or `File`, also of another realm. */
export function isBlob(value: unknown): value is Blob {
  return isInstanceOf(value, "Blob", "File");
}

/**
 * Returns `true` for a Blob that `fetch` accepts. Node's `fetch` sends a Blob of another class, such as jsdom's, as the text
 * "[object Blob]".
 */
export function isPlatformBlob(blob: Blob): boolean {
  return blob instanceof Blob && "stream" in blob;
}

/** Reads a Blob as a whole. Old versions of jsdom need `FileReader` for this. */
export async function blobBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return bytesOf("arrayBuffer" in blob ? await blob.arrayBuffer() : await readFile(blob));
}

function readFile(blob: Blob): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsArrayBuffer(blob);
  });
}
