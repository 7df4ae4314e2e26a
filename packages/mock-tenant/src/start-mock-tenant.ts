import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import projectDocument from "@isc-customizers/types/openapi.json" with { type: "json" };
import { AccessTokens } from "./access-token.ts";
import { apiLayout } from "./api-version.ts";
import { Api } from "./api.ts";
import { connectorCustomizerHandlers } from "./connector-customizers.ts";
import { documentScopes, readDocument, tokenPath } from "./document.ts";
import { listen } from "./listen.ts";
import { RequestLog } from "./request-log.ts";
import type { RequestRecord } from "./request-log.ts";
import { seedCustomizers } from "./seed.ts";
import { requestServer } from "./serve.ts";
import { CustomizerStore } from "./store.ts";
import type { CustomizerVersion } from "./store.ts";

/** The most customizers that a tenant can have at its start. */
export const MAX_CUSTOMIZERS = 1_000_000;

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
   * How many customizers there are at the start, from 0, the default, to a million. The first has the id, the name and
   * the image of the document's example; the others have random ids.
   */
  readonly customizers?: number;
  /**
   * The OpenAPI 3 document to serve, by default that of the Connector Customizers API. An operation that is not one
   * of that API's is validated like them, and answered with the document's example.
   */
  readonly document?: object;
}

/** A running mock tenant. */
export interface MockTenant extends AsyncDisposable {
  /** Such as `http://127.0.0.1:4010`: without a slash at its end, and without an API version. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The last 10,000 requests in the order in which they were answered, growing as more are served. */
  readonly requests: readonly RequestRecord[];
  /** What was uploaded to the customizers that exist, oldest first. */
  readonly versions: readonly CustomizerVersion[];
  /** Ends every open connection and frees the port. A second call changes nothing. */
  close(): Promise<void>;
}

/**
 * Starts a mock tenant on 127.0.0.1.
 *
 * @throws PortInUseError when another program has the port.
 * @throws RangeError when a number is out of its range.
 * @throws TypeError when the document is not OpenAPI 3, or another option is of the wrong type.
 */
export async function startMockTenant(options: MockTenantOptions = {}): Promise<MockTenant> {
  const {
    port = 0,
    clientId = randomBytes(16).toString("hex"),
    clientSecret = randomBytes(32).toString("hex"),
    tokenLifetime = 749,
    customizers = 0,
  } = options;
  requireCount("tokenLifetime", tokenLifetime);
  requireCount("customizers", customizers, MAX_CUSTOMIZERS);
  requireText("clientId", clientId);
  requireText("clientSecret", clientSecret);

  const document = readDocument(options.document ?? projectDocument);
  const { scopes = documentScopes(document) } = options;
  if (!Array.isArray(scopes)) throw new TypeError("scopes must be a list of scopes.");
  const api = await Api.load(document);
  const store = new CustomizerStore(randomBytes(16).toString("hex"));
  seedCustomizers(store, api, customizers);
  const log = new RequestLog();

  const server = createServer();
  const baseUrl = await listen(server, port);
  const tenant = {
    baseUrl,
    layout: apiLayout(document.servers?.[0]),
    api,
    handlers: connectorCustomizerHandlers(store),
    tokenPath: tokenPath(document),
    client: { clientId, clientSecret, scopes, tenantId: store.tenantId },
    tokens: new AccessTokens(tokenLifetime),
  };
  const requests = requestServer(tenant, log);
  server.on("request", requests.serve);

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }).then(requests.settled);
    return closing;
  };
  return {
    baseUrl,
    clientId,
    clientSecret,
    requests: log.records,
    get versions() {
      return store.versions;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function requireCount(name: string, value: number, most: number = Number.MAX_SAFE_INTEGER): void {
  if (!Number.isSafeInteger(value) || value < 0 || value > most) {
    throw new RangeError(`${name} must be a whole number from 0 to ${most}, and is ${value}.`);
  }
}

function requireText(name: string, value: string): void {
  if (typeof value !== "string" || value === "")
    throw new TypeError(`${name} must be a string that is not empty.`);
}
