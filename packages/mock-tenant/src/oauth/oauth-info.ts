import { jsonReply } from "../http/reply.ts";
import type { Reply } from "../http/reply.ts";

export const OAUTH_INFO_PATH = "/oauth/info";

/** Addresses of the OAuth endpoints. Clients of a tenant on a vanity domain read them. */
export function oauthInfoReply(baseUrl: string, tokenPath: string, tenantId: string): Reply {
  return jsonReply(200, {
    tenantId,
    tenantName: "mock",
    pod: "mock",
    authorizeEndpoint: `${baseUrl}/oauth/authorize`,
    tokenEndpoint: `${baseUrl}${tokenPath}`,
  });
}
