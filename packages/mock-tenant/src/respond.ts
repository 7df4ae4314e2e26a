import type { IncomingMessage } from "node:http";
import type { AccessTokens } from "./access-token.ts";
import { resolveApiPath } from "./api-version.ts";
import type { ApiLayout } from "./api-version.ts";
import type { Api } from "./api.ts";
import { authorize } from "./authorization.ts";
import { badRequest, methodNotAllowed, notFound } from "./error-response.ts";
import { exampleReply } from "./example-reply.ts";
import { OAUTH_INFO_PATH, oauthInfoReply } from "./oauth-info.ts";
import type { OperationHandler } from "./operation-call.ts";
import type { Reply } from "./reply.ts";
import { readBody, readJson } from "./request-body.ts";
import type { BodyStream } from "./request-body.ts";
import { acceptedBody, takesJson } from "./request-types.ts";
import { tokenReply } from "./token-endpoint.ts";
import type { OAuthClient } from "./token-endpoint.ts";

/** All that a request is answered from. */
export interface Tenant {
  readonly baseUrl: string;
  readonly layout: ApiLayout;
  readonly api: Api;
  readonly handlers: ReadonlyMap<string, OperationHandler>;
  readonly tokenPath: string;
  readonly client: OAuthClient;
  readonly tokens: AccessTokens;
}

/** A request, and what becomes known of it while it is answered. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: BodyStream;
  apiVersion: string | undefined;
  operationId: string | undefined;
}

/** Answers a request; throws an ErrorReply to refuse it. */
export async function respond(tenant: Tenant, exchange: Exchange): Promise<Reply> {
  const { path, query, headers, body } = exchange;
  switch (path) {
    case tenant.tokenPath:
      allowOnly("POST", exchange);
      return tokenReply(tenant.client, tenant.tokens, query, headers, await readBody(body));
    case OAUTH_INFO_PATH:
      allowOnly("GET", exchange);
      return oauthInfoReply(tenant.baseUrl, tenant.tokenPath, tenant.client.tenantId);
    default:
      return respondToOperation(tenant, exchange);
  }
}

async function respondToOperation(tenant: Tenant, exchange: Exchange): Promise<Reply> {
  const { api } = tenant;
  const { method, query, headers } = exchange;
  const resolved = resolveApiPath(tenant.layout, exchange.path);
  if (resolved === undefined) throw notFound(`${exchange.path} is in no version of the API.`);
  const { apiVersion, path } = resolved;
  exchange.apiVersion = apiVersion;

  const operation = api.match(method, path);
  if (operation?.operationId === undefined) {
    const allowed = api.allowedMethods(path);
    if (allowed.length > 0) throw methodNotAllowed(method, allowed);
    throw notFound(`The API has no path ${path}.`);
  }
  exchange.operationId = operation.operationId;

  authorize(operation.security ?? [], headers.authorization, tenant.tokens);
  if (!isPercentEncoded(path)) throw badRequest(`The path ${path} is not percent-encoded UTF-8.`);
  const contentType = headers["content-type"];
  const body = acceptedBody(exchange.body, operation, contentType);
  const json = takesJson(operation, contentType) ? await readJson(body) : undefined;
  const parameters = api.validate(operation, { method, path, query, headers, jsonText: json?.text });

  const call = { apiVersion, ...parameters, json: json?.value, body };
  const handler = tenant.handlers.get(operation.operationId);
  return handler === undefined ? exampleReply(api, operation, call) : handler(call);
}

function allowOnly(allowed: string, { method }: Exchange): void {
  if (method !== allowed) throw methodNotAllowed(method, [allowed]);
}

function isPercentEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
