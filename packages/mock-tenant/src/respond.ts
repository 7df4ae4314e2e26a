import type { Operation } from "openapi-backend";
import { injectFault } from "./faults/inject-fault.ts";
import type { FaultSwitches } from "./faults/faults.ts";
import { isPreflight } from "./http/cross-origin.ts";
import {
  ErrorReply,
  badRequest,
  errorReply,
  methodNotAllowed,
  notFound,
  tooManyRequests,
} from "./http/error-response.ts";
import type { Exchange } from "./http/exchange.ts";
import type { Reply } from "./http/reply.ts";
import { limitedBody, readBody, readJson } from "./http/request-body.ts";
import { OAUTH_INFO_PATH, oauthInfoReply } from "./oauth/oauth-info.ts";
import type { AccessTokens } from "./oauth/access-token.ts";
import { authorize } from "./oauth/authorization.ts";
import { tokenError, tokenReply } from "./oauth/token-endpoint.ts";
import type { OAuthClient } from "./oauth/token-endpoint.ts";
import { resolveApiPath } from "./openapi/api-version.ts";
import type { ApiLayout } from "./openapi/api-version.ts";
import type { Api } from "./openapi/api.ts";
import { exampleReply } from "./openapi/example-reply.ts";
import { acceptedBody, requiresBody, takesJson } from "./openapi/request-types.ts";
import type { OperationHandler } from "./operations/operation-call.ts";
import type { RateLimiter } from "./rate-limit.ts";

/** Settings and state that answer requests. */
export interface Tenant {
  readonly baseUrl: string;
  readonly layout: ApiLayout;
  readonly api: Api;
  readonly handlers: ReadonlyMap<string, OperationHandler>;
  readonly tokenPath: string;
  readonly client: OAuthClient;
  readonly tokens: AccessTokens;
  readonly rateLimiter: RateLimiter | undefined;
  readonly faults: FaultSwitches;
  /** In bytes. */
  readonly maxUploadSize: number;
  /** Called with each problem of a reply. When undefined, replies are not validated. */
  readonly onInvalidReply: ((problem: string) => void) | undefined;
}

/** Answers a request; undefined closes the connection. Throws an ErrorReply to refuse the request. */
export async function respond(tenant: Tenant, exchange: Exchange): Promise<Reply | undefined> {
  const { path, query, headers, body } = exchange;
  // Before the faults, which are meant for the requests of a program, not for a browser's preflight.
  if (isPreflight(exchange)) return { status: 204, headers: {} };
  switch (path) {
    case tenant.tokenPath:
      allowOnly("POST", exchange);
      return underFaults(tenant, exchange, tokenError, async () =>
        tokenReply(tenant.client, tenant.tokens, query, headers, await readBody(body)),
      );
    case OAUTH_INFO_PATH:
      allowOnly("GET", exchange);
      return underFaults(tenant, exchange, documentedError, async () =>
        oauthInfoReply(tenant.baseUrl, tenant.tokenPath, tenant.client.tenantId),
      );
    default: {
      const { operation, apiPath } = findOperation(tenant, exchange);
      return underFaults(tenant, exchange, documentedError, () =>
        replyToOperation(tenant, exchange, operation, apiPath),
      );
    }
  }
}

/** @throws ErrorReply 404 or 405 when no operation matches. */
function findOperation(
  { api, layout }: Tenant,
  exchange: Exchange,
): { operation: Operation; apiPath: string } {
  const { method } = exchange;
  const resolved = resolveApiPath(layout, exchange.path);
  if (resolved === undefined) throw notFound(`The path ${exchange.path} has no known API version.`);
  const { apiVersion, path } = resolved;
  exchange.apiVersion = apiVersion;

  const operation = api.match(method, path);
  if (operation === undefined) {
    const allowed = api.allowedMethods(path);
    if (allowed.length > 0) throw methodNotAllowed(method, allowed);
    throw notFound(`The API has no path ${path}.`);
  }
  exchange.operationId = operation.operationId;
  return { operation, apiPath: path };
}

async function underFaults(
  { faults, tokens }: Tenant,
  exchange: Exchange,
  documented: (status: number) => Reply,
  answer: () => Promise<Reply>,
): Promise<Reply | undefined> {
  const fault = faults.take(exchange);
  if (fault === undefined) return answer();
  exchange.fault = fault.kind;
  return injectFault(fault, {
    // A fault also changes a refusal.
    answer: () => answer().catch(replyOf),
    documentedError: documented,
    expireTokens: () => tokens.expireAll(),
    signal: exchange.signal,
  });
}

/** Answers an operation and, with `onInvalidReply`, validates the reply. */
async function replyToOperation(
  tenant: Tenant,
  exchange: Exchange,
  operation: Operation,
  path: string,
): Promise<Reply> {
  const reply = await callOperation(tenant, exchange, operation, path).catch(replyOf);
  if (tenant.onInvalidReply === undefined) return reply;
  const problems = tenant.api.invalidities(operation, reply);
  if (problems.length === 0) return reply;
  const problem = `The reply to ${operation.operationId} does not match the document: ${problems.join("; ")}.`;
  tenant.onInvalidReply(problem);
  throw new Error(problem);
}

async function callOperation(
  tenant: Tenant,
  exchange: Exchange,
  operation: Operation,
  path: string,
): Promise<Reply> {
  const { method, query, apiVersion, signal } = exchange;
  const caller = authorize(operation.security ?? [], exchange.headers.authorization, tenant.tokens);
  if (caller !== undefined) limitRate(tenant, caller.client_id, apiVersion);
  if (!isPercentEncoded(path)) throw badRequest(`The path ${path} is not percent-encoded UTF-8.`);

  const headers = { ...(apiVersion === "beta" && EXPERIMENTAL), ...exchange.headers };
  const contentType = headers["content-type"];
  const limited = limitedBody(exchange.body, tenant.maxUploadSize, headers["content-length"]);
  const body = acceptedBody(limited, operation, contentType);
  const takes = takesJson(operation, contentType);
  const json = takes ? await readJson(body) : undefined;
  if (takes && json === undefined && requiresBody(operation)) throw badRequest("The body is missing.");
  const parameters = tenant.api.validate(operation, { method, path, query, headers }, json?.value);

  const call = { apiVersion, ...parameters, json: json?.value, body, signal };
  const handler = tenant.handlers.get(operation.operationId ?? "");
  return handler === undefined ? exampleReply(tenant.api, operation, call) : handler(call);
}

/** Header that an experimental operation requires in every version except `beta`. */
const EXPERIMENTAL = { "x-sailpoint-experimental": "true" };

/** @throws ErrorReply 429 */
function limitRate({ rateLimiter }: Tenant, clientId: string, apiVersion: string | undefined): void {
  const wait = rateLimiter?.take(`${clientId} ${apiVersion}`, performance.now()) ?? 0;
  if (wait > 0) throw tooManyRequests("Rate limit exceeded.", wait);
}

/** Documented reply for a status. Only errors have a body. */
function documentedError(status: number): Reply {
  return status < 400
    ? { status, headers: {} }
    : errorReply(status, ["A fault of the mock tenant caused this error."]);
}

function replyOf(error: unknown): Reply {
  if (error instanceof ErrorReply) return error.reply;
  throw error;
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
