import { createServer } from "node:http";
import projectDocument from "@isc-customizers/types/openapi.json" with { type: "json" };
import { adminReply, isAdminPath } from "./admin/admin.ts";
import { FaultSwitches } from "./faults/faults.ts";
import type { Faults } from "./faults/faults.ts";
import { crossOriginHeaders } from "./http/cross-origin.ts";
import { listen } from "./http/listen.ts";
import { RequestLog } from "./http/request-log.ts";
import type { RequestRecord } from "./http/request-log.ts";
import { requestServer } from "./http/serve.ts";
import { AccessTokens } from "./oauth/access-token.ts";
import { apiLayout, layoutVersions } from "./openapi/api-version.ts";
import { Api } from "./openapi/api.ts";
import { documentScopes, operationIds, readDocument, tokenPath } from "./openapi/document.ts";
import { connectorCustomizerHandlers } from "./operations/connector-customizers.ts";
import { connectorInstanceHandlers } from "./operations/connector-instances.ts";
import { readOptions, readScopes } from "./options.ts";
import type { MockTenantOptions } from "./options.ts";
import { RateLimiter } from "./rate-limit.ts";
import { respond } from "./respond.ts";
import { openState } from "./state/state.ts";
import { requireSupportedNode } from "./supported-node.ts";
import type { VersionRecord } from "./state/customizer-store.ts";

/** The default API, shared by the tenants of a process: compiling its validators takes longer than starting a tenant. */
let projectApi: Promise<Api> | undefined;

/** A version of a customizer, with its uploaded archive. */
export interface CustomizerVersion extends VersionRecord {
  /** Path of the uploaded archive. It exists until the customizer is deleted, or a tenant without a data file closes. */
  readonly file: string;
}

/** A running mock tenant. */
export interface MockTenant extends AsyncDisposable {
  /** Base URL such as `http://127.0.0.1:4010`, without a final slash or an API version. A browser shows the page there. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The last 10,000 requests in the order of their replies. The array grows with each request. */
  readonly requests: readonly RequestRecord[];
  /** Uploads to the existing customizers, oldest first. */
  readonly versions: readonly CustomizerVersion[];
  readonly faults: Faults;
  /**
   * Ends every open connection and frees the port. A second call changes nothing.
   *
   * @throws InvalidReplyError when the document does not allow a reply that was made.
   */
  close(): Promise<void>;
}

/** Thrown by `close` when the document does not allow a reply of the tenant. */
export class InvalidReplyError extends Error {
  override readonly name = "InvalidReplyError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/**
 * Starts a mock tenant on 127.0.0.1.
 *
 * @throws PortInUseError when another program listens on the port.
 * @throws DataFileError when the data file cannot be used.
 * @throws InvalidFaultError when a fault is invalid, or names an unknown operation or version.
 * @throws InvalidOptionError for an unknown option, a value of a wrong type, or a scope that the document does not have.
 * @throws RangeError when a number is out of its range.
 * @throws TypeError when the document is not OpenAPI 3.
 * @throws UnsupportedNodeError on a Node older than 22.19.
 */
export async function startMockTenant(options: MockTenantOptions = {}): Promise<MockTenant> {
  requireSupportedNode();
  const settings = readOptions(options);
  const { clientId, clientSecret, maxUploadSize, rateLimit, validateReplies } = settings;
  const document = readDocument(options.document ?? projectDocument);
  const scopes = readScopes(options.scopes, documentScopes(document));
  const layout = apiLayout(document.servers?.[0]);
  const faults = new FaultSwitches({
    operationIds: operationIds(document),
    apiVersions: layoutVersions(layout),
  });
  for (const fault of settings.faults) faults.add(fault);
  const rateLimiter = rateLimit === false ? undefined : new RateLimiter(rateLimit);
  const api = await (options.document === undefined
    ? (projectApi ??= Api.load(document))
    : Api.load(document));
  const state = openState(options.data, api, settings.seed);
  // By default Node closes an idle connection after five seconds, when a slow client may be about to reuse it.
  const server = createServer({ keepAliveTimeout: 120_000 });
  const baseUrl = await listen(server, settings.port).catch(async (error: unknown) => {
    await state.close();
    throw error;
  });
  const { tenantId, customizers, instances, archives } = state;
  const log = new RequestLog();
  const problems: string[] = [];
  const tenant = {
    baseUrl,
    layout,
    api,
    handlers: new Map([
      ...connectorCustomizerHandlers(customizers, archives),
      ...connectorInstanceHandlers(instances, customizers),
    ]),
    tokenPath: tokenPath(document),
    client: { clientId, clientSecret, scopes, tenantId },
    tokens: new AccessTokens(settings.tokenLifetime),
    rateLimiter,
    faults,
    maxUploadSize,
    onInvalidReply: validateReplies ? (problem: string) => void problems.push(problem) : undefined,
  };
  const admin = { baseUrl, clientId, customizers, log, faults };
  const requests = requestServer({
    respond: (exchange) =>
      isAdminPath(exchange.path) ? adminReply(admin, exchange) : respond(tenant, exchange),
    commonHeaders: (exchange) => (isAdminPath(exchange.path) ? {} : crossOriginHeaders(exchange)),
    onRequest: (record) => {
      if (isAdminPath(record.path)) return;
      log.add(record);
      options.onRequest?.(record);
    },
  });
  server.on("request", requests.serve);

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await requests.settled();
      await state.close();
      if (problems.length > 0) throw new InvalidReplyError(problems);
    })();
    return closing;
  };
  return {
    baseUrl,
    clientId,
    clientSecret,
    requests: log.records,
    get versions() {
      return customizers.versions.map((version) => ({ ...version, file: archives.pathOf(version.imageId) }));
    },
    faults,
    close,
    [Symbol.asyncDispose]: close,
  };
}
