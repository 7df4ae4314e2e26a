import { server } from "@isc-customizers/types";
import { apiVersions } from "./api-version.ts";
import { check } from "../errors/check.ts";
import { ConfigurationError } from "../errors/errors.ts";
import { secureUrl } from "../runtime/secure-url.ts";

/**
 * Returns the tenant's URL, without an API version and without a slash at its end.
 * @throws ConfigurationError unless exactly one of the two options is given and can be used.
 */
export function resolveBaseUrl(tenant: string | undefined, baseUrl: string | undefined): string {
  if ((tenant === undefined) === (baseUrl === undefined)) {
    const state = tenant === undefined ? "neither is set" : "both are set";
    throw new ConfigurationError(`Set either \`tenant\` or \`baseUrl\`; ${state}.`);
  }
  if (tenant !== undefined) return tenantUrl(tenant);
  const url = secureUrl("baseUrl", baseUrl);
  if (url.search !== "" || url.hash !== "")
    throw new ConfigurationError("`baseUrl` must have no query and no fragment.");
  const last = url.pathname.split("/").filter(Boolean).at(-1);
  if (last !== undefined && apiVersions.includes(last)) {
    throw new ConfigurationError(
      `\`baseUrl\` ends with the API version "${last}"; leave it out, and set \`apiVersion\`.`,
    );
  }
  return url.href.replace(/\/+$/, "");
}

function tenantUrl(tenant: string): string {
  // A host label (RFC 1123, section 2.1), because the name decides where the credentials go.
  const isLabel = typeof tenant === "string" && /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(tenant);
  check(isLabel, "tenant", 'the tenant\'s name alone, such as "acme"');
  return new URL(server.url.replace("{tenant}", tenant)).origin;
}
