import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import projectDocument from "@isc-customizers/types/openapi.json" with { type: "json" };
import { adminReply, isAdminPath } from "./admin/admin.ts";
import type { Fault } from "./faults/fault.ts";
import { FaultSwitches } from "./faults/faults.ts";
import type { Faults } from "./faults/faults.ts";
import { crossOriginHeaders } from "./http/cross-origin.ts";
import { listen } from "./http/listen.ts";
import { RequestLog } from "./http/request-log.ts";
import type { RequestRecord } from "./http/request-log.ts";
import { requestServer } from "./http/serve.ts";
import { AccessTokens } from "./oauth/access-token.ts";
import { apiLayout } from "./openapi/api-version.ts";
import { Api } from "./openapi/api.ts";
import { documentScopes, readDocument, tokenPath } from "./openapi/document.ts";
import { connectorCustomizerHandlers } from "./operations/connector-customizers.ts";
import { connectorInstanceHandlers } from "./operations/connector-instances.ts";
import { PLATFORM_RATE_LIMIT, RateLimiter } from "./rate-limit.ts";
import type { RateLimit } from "./rate-limit.ts";
import { respond } from "./respond.ts";
import { openState } from "./state/state.ts";
import type { VersionRecord } from "./state/customizer-store.ts";

/** The project's own, which the tenants of a process share: its validators take longer to compile than a tenant to start. */
let projectApi: Promise<Api> | undefined;

/** The most customizers that a tenant can be seeded with. */
export const MAX_SEED = 1_000_000;

export interface MockTenantOptions {
  /** From 0 to 65535; 0, the default, takes any free port. */
  readonly port?: number;
  /** The id of the one client that gets tokens. Random by default. */
  readonly clientId?: string;
  /** That client's secret. Random by default. */
  readonly clientSecret?: string;
  /** What every token is granted. By default all the scopes that the document knows. */
  readonly scopes?: readonly string[];
  /** Whole seconds until a token expires, 749 by default. A token of 0 has expired when it is issued. */
  readonly tokenLifetime?: number;
  /**
   * How many customizers a new tenant has, from 0, the default, to a million. The first has the id, the name and the image
   * of the document's example; the others have random ids.
   */
  readonly seed?: number;
  /**
   * A file that keeps the state when the tenant stops, however it stops; made when it does not exist. The uploaded archives
   * are in a folder beside it, of the same name and `.archives`. By default the state ends with the tenant.
   */
  readonly data?: string;
  /** Of a client id in a version of the API; the platform's by default, 100 requests in 10 seconds. `false` for none. */
  readonly rateLimit?: RateLimit | false;
  /** The largest upload that is taken, in bytes from 0. The platform's limit is not documented; here there is none by default. */
  readonly maxUploadSize?: number;
  /** Faults that are switched on from the start. */
  readonly faults?: readonly Fault[];
  /**
   * Holds every reply to an operation against the document. A reply that the document does not allow is replaced by a 500,
   * and makes `close` fail. By default `true`, but `false` for a `document` of your own, which may leave errors out.
   */
  readonly validateReplies?: boolean;
  /** Called with every request when it has been answered. */
  readonly onRequest?: (request: RequestRecord) => void;
  /**
   * The OpenAPI 3 document to serve, by default that of the Connector Customizers API. An operation that is not one
   * of that API's is validated like them, and answered with the document's example.
   */
  readonly document?: object;
}

/** A version of a customizer, and what was uploaded for it. */
export interface CustomizerVersion extends VersionRecord {
  /** The path of the uploaded archive. It is there until the customizer is deleted or a tenant without a data file closes. */
  readonly file: string;
}

/** A running mock tenant. */
export interface MockTenant extends AsyncDisposable {
  /** Such as `http://127.0.0.1:4010`: without a slash at its end, and without an API version. In a browser, a page. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The last 10,000 requests in the order in which they were answered, growing as more are served. */
  readonly requests: readonly RequestRecord[];
  /** What was uploaded to the customizers that exist, oldest first. */
  readonly versions: readonly CustomizerVersion[];
  readonly faults: Faults;
  /**
   * Ends every open connection and frees the port. A second call changes nothing.
   *
   * @throws InvalidReplyError when there were replies that the document does not allow.
   */
  close(): Promise<void>;
}

/** Thrown when a mock tenant closes that gave replies which its document does not allow. */
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
 * @throws PortInUseError when another program has the port.
 * @throws DataFileError when the data file cannot be used.
 * @throws InvalidFaultError when a fault makes no sense.
 * @throws RangeError when a number is out of its range.
 * @throws TypeError when the document is not OpenAPI 3, or another option is of the wrong type.
 */
export async function startMockTenant(options: MockTenantOptions = {}): Promise<MockTenant> {
  const {
    port = 0,
    clientId = randomBytes(16).toString("hex"),
    clientSecret = randomBytes(32).toString("hex"),
    tokenLifetime = 749,
    seed = 0,
    rateLimit = PLATFORM_RATE_LIMIT,
    maxUploadSize = Infinity,
    validateReplies = options.document === undefined,
    onRequest,
  } = options;
  requireCount("tokenLifetime", tokenLifetime, 0);
  requireCount("seed", seed, 0, MAX_SEED);
  if (maxUploadSize !== Infinity) requireCount("maxUploadSize", maxUploadSize, 0);
  requireText("clientId", clientId);
  requireText("clientSecret", clientSecret);
  if (options.data !== undefined) requireText("data", options.data);
  if (rateLimit !== false) {
    requireCount("rateLimit.requests", rateLimit.requests, 1);
    if (!Number.isFinite(rateLimit.seconds) || rateLimit.seconds <= 0)
      throw new RangeError(`rateLimit.seconds must be a number above 0, and is ${rateLimit.seconds}.`);
  }
  const rateLimiter = rateLimit === false ? undefined : new RateLimiter(rateLimit);
  const faults = new FaultSwitches();
  for (const fault of options.faults ?? []) faults.add(fault);

  const document = readDocument(options.document ?? projectDocument);
  const { scopes = documentScopes(document) } = options;
  if (!Array.isArray(scopes)) throw new TypeError("scopes must be a list of scopes.");
  const api = await (options.document === undefined
    ? (projectApi ??= Api.load(document))
    : Api.load(document));
  const state = openState(options.data, api, seed);
  // Node closes an idle connection after five seconds; who is held up for so long could be about to use it.
  const server = createServer({ keepAliveTimeout: 120_000 });
  const baseUrl = await listen(server, port).catch(async (error: unknown) => {
    await state.close();
    throw error;
  });
  const { tenantId, customizers, instances, archives } = state;
  const log = new RequestLog();
  const problems: string[] = [];
  const tenant = {
    baseUrl,
    layout: apiLayout(document.servers?.[0]),
    api,
    handlers: new Map([
      ...connectorCustomizerHandlers(customizers, archives),
      ...connectorInstanceHandlers(instances, customizers),
    ]),
    tokenPath: tokenPath(document),
    client: { clientId, clientSecret, scopes, tenantId },
    tokens: new AccessTokens(tokenLifetime),
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
      onRequest?.(record);
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

function requireCount(
  name: string,
  value: number,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, and is ${value}.`);
  }
}

function requireText(name: string, value: string): void {
  if (typeof value !== "string" || value === "")
    throw new TypeError(`${name} must be a string that is not empty.`);
}
