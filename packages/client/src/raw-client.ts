import type { paths } from "@isc-customizers/types";
import createOpenapiFetch, { type Client as OpenapiFetchClient } from "openapi-fetch";
import { versionedPath } from "./api-version.ts";
import { fillPath } from "./path-parameters.ts";
import { isSentAsItIs } from "./request-body.ts";
import { RequestParts } from "./request-parts.ts";
import type { Transport } from "./transport.ts";
import { version } from "./version.ts";

/**
 * The openapi-fetch client that the methods are built on: a call by its path, typed by `paths`. It rejects with an
 * `IscError` only when no response came; look at `response.ok` to tell success from failure. A body that is not JSON
 * needs its `Content-Type` among the headers. Middleware is not offered: it would be given no `Request`.
 * https://openapi-ts.dev/openapi-fetch/api
 */
export type RawClient = Omit<OpenapiFetchClient<paths>, "use" | "eject">;

export function createRawClient(
  baseUrl: string,
  apiVersion: string,
  headers: Readonly<Record<string, string>>,
  transport: Transport,
): OpenapiFetchClient<paths> {
  class VersionedRequest extends RequestParts {
    constructor(url: string, init: RequestInit) {
      super(baseUrl + versionedPath(apiVersion, url.slice(baseUrl.length)), init);
    }
  }
  return createOpenapiFetch<paths>({
    baseUrl,
    headers: { "User-Agent": `isc-customizers/${version}`, ...headers },
    pathSerializer: fillPath,
    bodySerializer: (body) => (isSentAsItIs(body) ? body : JSON.stringify(body)),
    // openapi-fetch makes a request and hands it to `fetch`: of the platform's `Request` it needs no more than this.
    Request: VersionedRequest as never,
    fetch: transport as never,
  });
}
