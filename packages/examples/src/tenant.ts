export interface Tenant {
  readonly baseUrl: string;
  readonly auth: { readonly clientId: string; readonly clientSecret: string };
}

/**
 * Reads the tenant of an example from the environment variables that SailPoint's own tools use. `pnpm example NAME` sets them for
 * a mock tenant unless they are already set.
 */
export function tenant(): Tenant {
  const { SAIL_BASE_URL: baseUrl, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret } = process.env;
  if (!baseUrl || !clientId || !clientSecret) {
    throw new Error("Set SAIL_BASE_URL, SAIL_CLIENT_ID and SAIL_CLIENT_SECRET, or use `pnpm example NAME`.");
  }
  return { baseUrl, auth: { clientId, clientSecret } };
}
