/**
 * Frees the memory of a chunk that is not needed any more. Left to the garbage collector, to which it is one small object,
 * an upload would grow the process by tens of megabytes.
 */
export function release({ buffer, byteLength }: Uint8Array): void {
  // Another part of the buffer may be needed yet.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
