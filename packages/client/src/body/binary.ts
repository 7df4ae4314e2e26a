/** Bytes that are all there, and can be sent as often as one likes. */
type Bytes = Blob | ArrayBuffer | ArrayBufferView;

/** Bytes, or what they come from one piece after another. */
export type Binary = Bytes | ReadableStream | AsyncIterable<unknown>;

export function isBytes(value: unknown): value is Bytes {
  return value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

export function isBinary(value: unknown): value is Binary {
  return (
    isBytes(value) ||
    value instanceof ReadableStream ||
    (typeof value === "object" && value !== null && Symbol.asyncIterator in value)
  );
}
