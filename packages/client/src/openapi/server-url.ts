import type { Server } from "@isc-customizers/types";
import { secureUrl } from "../runtime/secure-url.ts";
import { ConfigurationError } from "../errors/errors.ts";

/**
 * The URL of a server that an operation has for itself, without a slash at its end. A relative one is taken from the tenant's
 * (https://spec.openapis.org/oas/v3.1.0#server-object).
 * @throws ConfigurationError unless credentials may be sent to it.
 */
export function serverUrl({ url, variables }: Server, baseUrl: string): string {
  const filled = url.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = variables[name]?.default;
    if (value === undefined)
      throw new ConfigurationError(`The server ${url} does not say what its \`${name}\` is.`);
    return value;
  });
  const absolute = URL.canParse(filled, `${baseUrl}/`) ? new URL(filled, `${baseUrl}/`).href : filled;
  return secureUrl("the operation's server", absolute).href.replace(/\/+$/, "");
}
