import { ConfigurationError } from "../errors/errors.ts";
import { isInstanceOf } from "./platform-class.ts";

/** Returns `true` for a buffer or a view of a buffer, also of shared memory and of another realm. */
export function isBuffer(value: unknown): value is ArrayBufferLike | ArrayBufferView {
  return ArrayBuffer.isView(value) || isInstanceOf(value, "ArrayBuffer", "SharedArrayBuffer");
}

/**
 * Returns the bytes of a buffer, in memory that every `fetch` accepts. Copies shared memory, memory of another realm and memory that can be
 * resized: Node's `fetch` sends the first as the text "1,2,3", and refuses the last.
 * @throws ConfigurationError if the value is not a buffer, or its memory was transferred.
 */
export function bytesOf(value: unknown): Uint8Array<ArrayBuffer> {
  if (!isBuffer(value)) {
    throw new ConfigurationError(`The body must be made of bytes; there is a ${typeof value} in it.`);
  }
  const bytes = viewOf(value);
  const isAccepted =
    bytes.buffer instanceof ArrayBuffer && !(bytes.buffer as { resizable?: boolean }).resizable;
  return isAccepted ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice();
}

function viewOf(value: ArrayBufferLike | ArrayBufferView): Uint8Array {
  try {
    return ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value);
  } catch (cause) {
    throw new ConfigurationError("The buffer of the body is detached: it was transferred.", { cause });
  }
}
