import type { IncomingMessage } from "node:http";

/**
 * Returns the body of a request, for an upload to the tenant. If the upload ends early, the rest of the body is read and dropped.
 * Otherwise Node would close the connection, and the caller would not get the answer.
 */
export async function* uploadBody(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* request.iterator({ destroyOnReturn: false });
  } finally {
    request.resume();
  }
}
