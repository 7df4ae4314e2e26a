import { bytesOf } from "./bytes.ts";
import { isInstanceOf } from "./platform-class.ts";

/** A `Blob` or `File`, also of another realm. */
export function isBlob(value: unknown): value is Blob {
  return isInstanceOf(value, "Blob", "File");
}

/** jsdom's Blob has no `stream`. */
export function hasStream(blob: Blob): boolean {
  return typeof blob.stream === "function";
}

/** The platform's `fetch` accepts the Blob. Node's `fetch` sends any other, such as jsdom's, as the text "[object Blob]". */
export function isPlatformBlob(blob: Blob): boolean {
  return blob instanceof Blob && hasStream(blob);
}

/** Reads a Blob at once, with `FileReader` where it has no `arrayBuffer`. */
export async function blobBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return bytesOf(typeof blob.arrayBuffer === "function" ? await blob.arrayBuffer() : await readFile(blob));
}

function readFile(blob: Blob): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsArrayBuffer(blob);
  });
}
