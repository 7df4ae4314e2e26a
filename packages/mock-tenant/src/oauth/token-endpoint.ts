import type { IncomingHttpHeaders } from "node:http";
import type { AccessTokens } from "./access-token.ts";
import { jsonReply } from "../http/reply.ts";
import type { Reply } from "../http/reply.ts";
import { mediaType } from "../http/request-body.ts";
import { readMultipartForm } from "./multipart-form.ts";

/** The only client of the tenant, and the scopes and tenant of its tokens. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  readonly tenantId: string;
}

/**
 * Answers a token request for the client credentials grant, https://www.rfc-editor.org/rfc/rfc6749#section-4.4. The
 * vendor's own clients send it in three ways, and all are accepted: a urlencoded body, a multipart form, or a urlencoded
 * body with `grant_type` in the query. Credentials in the query are ignored, because section 2.3.1 forbids them.
 */
export function tokenReply(
  client: OAuthClient,
  tokens: AccessTokens,
  query: URLSearchParams,
  headers: IncomingHttpHeaders,
  body: Uint8Array,
): Reply {
  const form = readForm(headers["content-type"], body);
  if (form === undefined) {
    return refusal(
      400,
      "invalid_request",
      "The body is neither application/x-www-form-urlencoded nor multipart/form-data.",
    );
  }
  const grants = [...form.getAll("grant_type"), ...query.getAll("grant_type")];
  const ids = form.getAll("client_id");
  const secrets = form.getAll("client_secret");
  for (const [name, values] of Object.entries({
    grant_type: grants,
    client_id: ids,
    client_secret: secrets,
  })) {
    if (values.length === 0 || values[0] === "")
      return refusal(400, "invalid_request", `${name} is missing.`);
    if (values.length > 1) return refusal(400, "invalid_request", `${name} is repeated.`);
  }
  if (grants[0] !== "client_credentials") {
    return refusal(400, "unsupported_grant_type", "Only client_credentials is supported.");
  }
  if (ids[0] !== client.clientId || secrets[0] !== client.clientSecret) {
    return refusal(401, "invalid_client", "No client has this id and secret.");
  }
  const { tenantId: tenant_id, clientId: client_id, scopes: scope } = client;
  return jsonReply(
    200,
    {
      access_token: tokens.issue({ tenant_id, client_id, scope }),
      token_type: "bearer",
      expires_in: tokens.lifetime,
      scope: scope.join(" "),
      tenant_id,
      pod: "mock",
    },
    NO_STORE,
  );
}

/** https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
const NO_STORE = { "Cache-Control": "no-store" };

/** https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function refusal(status: number, error: string, description: string): Reply {
  return jsonReply(status, { error, error_description: description }, NO_STORE);
}

/** An error of the token endpoint, with the error codes of https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1. */
export function tokenError(status: number): Reply {
  const error =
    status === 401 ? "invalid_client" : status === 503 ? "temporarily_unavailable" : "server_error";
  return refusal(status, error, "A fault of the mock tenant caused this error.");
}

function readForm(contentType: string | undefined, body: Uint8Array): URLSearchParams | undefined {
  const type = mediaType(contentType);
  if (type === "application/x-www-form-urlencoded")
    return new URLSearchParams(new TextDecoder().decode(body));
  if (type !== "multipart/form-data" || contentType === undefined) return undefined;
  return readMultipartForm(contentType, body);
}
