/**
 * Frees the memory of a chunk. The garbage collector sees only a small object and runs late, so an upload would grow the process
 * by tens of megabytes.
 */
export function release({ buffer, byteLength }: Uint8Array): void {
  // Other code may still use another part of the buffer.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
