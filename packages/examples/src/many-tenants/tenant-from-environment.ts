import type { Tenant } from "../tenant.ts";

/** @throws Error that names every variable that is missing for the tenants of these prefixes */
export function requireTenants(prefixes: readonly string[]): void {
  const variables = prefixes.flatMap((prefix) => [
    `${prefix}_BASE_URL`,
    `${prefix}_CLIENT_ID`,
    `${prefix}_CLIENT_SECRET`,
  ]);
  const missing = variables.filter((variable) => !process.env[variable]);
  if (missing.length > 0) throw new Error(`Set ${missing.join(", ")}.`);
}

/**
 * Reads a tenant from `PREFIX_BASE_URL`, `PREFIX_CLIENT_ID` and `PREFIX_CLIENT_SECRET`.
 *
 * @throws Error that names the variables that are missing
 */
export function tenantFromEnvironment(prefix: string): Tenant {
  requireTenants([prefix]);
  const variable = (name: string) => process.env[`${prefix}_${name}`] ?? "";
  return {
    baseUrl: variable("BASE_URL"),
    auth: { clientId: variable("CLIENT_ID"), clientSecret: variable("CLIENT_SECRET") },
  };
}
