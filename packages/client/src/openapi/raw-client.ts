import type { paths } from "@isc-customizers/types";
import type { Client as OpenapiFetchClient } from "openapi-fetch";

/**
 * openapi-fetch over the client's transport: a call by its path, typed by `paths`. No status is an error here; look at
 * `response.ok`. It rejects with an `IscError`: when there is no whole response, or when the body of one cannot be read as
 * `parseAs` says. As a `stream` the body is given unread, and is not limited by time. A body that is not `application/json` needs its `Content-Type` among the headers.
 * Middleware and what else would lead round the transport is refused.
 * https://openapi-ts.dev/openapi-fetch/api
 */
export type RawClient = Omit<OpenapiFetchClient<paths>, "use" | "eject">;

export const rawMethodNames = [
  "request",
  "GET",
  "PUT",
  "POST",
  "DELETE",
  "OPTIONS",
  "HEAD",
  "PATCH",
  "TRACE",
] as const;
