import type { Server } from "@isc-customizers/types";
import { secureUrl } from "../runtime/secure-url.ts";
import { ConfigurationError } from "../errors/errors.ts";

/**
 * Returns the URL of an operation's own server, without a slash at its end. A relative URL is resolved against the tenant's URL
 * (https://spec.openapis.org/oas/v3.1.0#server-object).
 * @throws ConfigurationError unless credentials may be sent to it.
 */
export function serverUrl({ url, variables }: Server, baseUrl: string): string {
  const filled = url.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = variables[name]?.default;
    if (value === undefined)
      throw new ConfigurationError(`The server URL ${url} has no default for its variable \`${name}\`.`);
    return value;
  });
  const absolute = URL.canParse(filled, `${baseUrl}/`) ? new URL(filled, `${baseUrl}/`).href : filled;
  return secureUrl("the operation's server", absolute).href.replace(/\/+$/, "");
}
