import type { RequestDefaults } from "./build-request.ts";
import { type RawClient, rawMethodNames } from "./raw-client.ts";
import type { Transport } from "../transport/transport.ts";

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
