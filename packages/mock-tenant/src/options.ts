import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import type { Fault } from "./faults/fault.ts";
import type { RequestRecord } from "./http/request-log.ts";
import { SAILPOINT_RATE_LIMIT } from "./rate-limit.ts";
import type { RateLimit } from "./rate-limit.ts";

/** Maximum of the option `seed`. */
export const MAX_SEED = 1_000_000;

export interface MockTenantOptions {
  /** Port to listen on, from 0 to 65535. 0, the default, takes any free port. */
  readonly port?: number;
  /** Id of the only client that gets tokens. Random by default. */
  readonly clientId?: string;
  /** That client's secret. Random by default. */
  readonly clientSecret?: string;
  /** Scopes of every token. Each must be in the document. By default all scopes of the document. */
  readonly scopes?: readonly string[];
  /** Whole seconds until a token expires; 749 by default. With 0, a token has expired when it is issued. */
  readonly tokenLifetime?: number;
  /**
   * Number of customizers in a new tenant, from 0, the default, to 1,000,000. The first has the id, the name and the image of
   * the document's example; the others have random ids.
   */
  readonly seed?: number;
  /**
   * File that keeps the state after the tenant stops, even if the process is killed. Created when it does not exist. The folder
   * `FILE.archives` beside it keeps the uploaded archives. By default the state is lost when the tenant stops.
   */
  readonly data?: string;
  /** Rate limit for each client id and API version. By default SailPoint's: 100 requests in 10 seconds. `false` for none. */
  readonly rateLimit?: RateLimit | false;
  /** Size limit of an upload, in bytes, from 0. Unlimited by default, because SailPoint does not document a limit. */
  readonly maxUploadSize?: number;
  /** Faults that are switched on from the start. */
  readonly faults?: readonly Fault[];
  /**
   * Validates every reply to an operation against the document. A reply that the document does not allow is replaced by a
   * 500, and makes `close` fail. `true` by default; `false` with `document`, which may not document every error.
   */
  readonly validateReplies?: boolean;
  /** Called after each request. */
  readonly onRequest?: (request: RequestRecord) => void;
  /**
   * OpenAPI 3 document to serve; by default that of the Connector Customizers API. Requests for other operations are
   * validated and answered with the document's example.
   */
  readonly document?: object;
}

/** Thrown for an unknown option, a value of a wrong type, or a scope that the document does not have. */
export class InvalidOptionError extends TypeError {
  override readonly name = "InvalidOptionError";
}

/** Options with their defaults, except those that depend on the document. */
export type Settings = Required<Omit<MockTenantOptions, "data" | "document" | "onRequest" | "scopes">>;

/** Names of all options, to detect a misspelt one. */
const NAMES: Readonly<Record<keyof MockTenantOptions, true>> = {
  port: true,
  clientId: true,
  clientSecret: true,
  scopes: true,
  tokenLifetime: true,
  seed: true,
  data: true,
  rateLimit: true,
  maxUploadSize: true,
  faults: true,
  validateReplies: true,
  onRequest: true,
  document: true,
};

/**
 * Validates the options and fills in the defaults.
 *
 * @throws InvalidOptionError, or RangeError when a number is out of its range.
 */
export function readOptions(options: MockTenantOptions): Settings {
  requireType("options", options, "object");
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(NAMES, name));
  if (unknown !== undefined) {
    const known = Object.keys(NAMES).join(", ");
    throw new InvalidOptionError(`Unknown option ${JSON.stringify(unknown)}. The options are: ${known}.`);
  }
  const {
    port = 0,
    clientId = randomBytes(16).toString("hex"),
    clientSecret = randomBytes(32).toString("hex"),
    tokenLifetime = 749,
    seed = 0,
    rateLimit = SAILPOINT_RATE_LIMIT,
    maxUploadSize = Infinity,
    faults = [],
    validateReplies = options.document === undefined,
  } = options;
  requireCount("port", port, 0, 65_535);
  requireCount("tokenLifetime", tokenLifetime, 0);
  requireCount("seed", seed, 0, MAX_SEED);
  if (maxUploadSize !== Infinity) requireCount("maxUploadSize", maxUploadSize, 0);
  requireText("clientId", clientId);
  requireText("clientSecret", clientSecret);
  if (options.data !== undefined) requireText("data", options.data);
  requireType("onRequest", options.onRequest, "function");
  requireType("document", options.document, "object");
  requireType("validateReplies", validateReplies, "boolean");
  if (!Array.isArray(faults)) throw new InvalidOptionError("faults must be an array.");
  if (rateLimit !== false) {
    requireType("rateLimit", rateLimit, "object");
    requireCount("rateLimit.requests", rateLimit.requests, 1);
    if (!Number.isFinite(rateLimit.seconds) || rateLimit.seconds <= 0)
      throw new RangeError(`rateLimit.seconds must be a number above 0; got ${inspect(rateLimit.seconds)}.`);
  }
  return {
    port,
    clientId,
    clientSecret,
    tokenLifetime,
    seed,
    rateLimit,
    maxUploadSize,
    faults,
    validateReplies,
  };
}

/**
 * Returns the scopes of a tenant's tokens.
 *
 * @param known The scopes of the document, which are the default.
 * @throws InvalidOptionError for a scope that the document does not have.
 */
export function readScopes(
  scopes: readonly string[] | undefined,
  known: readonly string[],
): readonly string[] {
  if (scopes === undefined) return known;
  if (!Array.isArray(scopes)) throw new InvalidOptionError("scopes must be an array.");
  const unknown = scopes.find((scope) => !known.includes(scope));
  if (unknown === undefined) return scopes;
  const has = known.length === 0 ? "none" : known.join(", ");
  throw new InvalidOptionError(`Unknown scope ${JSON.stringify(unknown)}. The scopes are: ${has}.`);
}

function requireCount(
  name: string,
  value: number,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}; got ${inspect(value)}.`);
}

function requireText(name: string, value: string): void {
  if (typeof value !== "string" || value === "")
    throw new InvalidOptionError(`${name} must be a non-empty string.`);
}

function requireType(name: string, value: unknown, type: "boolean" | "function" | "object"): void {
  if (value === undefined || (typeof value === type && value !== null)) return;
  throw new InvalidOptionError(`${name} must be of type ${type}; got ${inspect(value)}.`);
}
