import type { paths } from "@isc-customizers/types";
import type { Client as OpenapiFetchClient } from "openapi-fetch";
import type { RequestDefaults } from "./build-request.ts";
import type { Transport } from "./transport.ts";

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

/** `raw`, which is loaded when its first method is called. */
export function createRawClient(defaults: RequestDefaults, transport: Transport): RawClient {
  let methods: Promise<Record<string, (...args: unknown[]) => Promise<unknown>>> | undefined;
  const load = () =>
    (methods ??= import("./raw-methods.ts").then(
      ({ createRawMethods }) => createRawMethods(defaults, transport) as never,
    ));
  const lazy = rawMethodNames.map((name) => [
    name,
    async (...args: unknown[]) => await (await load())[name]?.(...args),
  ]);
  return Object.fromEntries(lazy) as never;
}
