import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import type { Fault } from "./faults/fault.ts";
import type { RequestRecord } from "./http/request-log.ts";
import { PLATFORM_RATE_LIMIT } from "./rate-limit.ts";
import type { RateLimit } from "./rate-limit.ts";

/** The most customizers that a tenant can be seeded with. */
export const MAX_SEED = 1_000_000;

export interface MockTenantOptions {
  /** From 0 to 65535; 0, the default, takes any free port. */
  readonly port?: number;
  /** The id of the one client that gets tokens. Random by default. */
  readonly clientId?: string;
  /** That client's secret. Random by default. */
  readonly clientSecret?: string;
  /** What every token is granted: scopes that the document knows, by default all of them. */
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

/** Thrown when there is no such option, or its value is of another type or unknown to the document. */
export class InvalidOptionError extends TypeError {
  override readonly name = "InvalidOptionError";
}

/** The options whose defaults do not come from the document. */
export type Settings = Required<Omit<MockTenantOptions, "data" | "document" | "onRequest" | "scopes">>;

/** All that there are, which a slip of the pen is none of. */
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
 * The options with their defaults.
 *
 * @throws InvalidOptionError, or RangeError when a number is out of its range.
 */
export function readOptions(options: MockTenantOptions): Settings {
  requireType("options", options, "object");
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(NAMES, name));
  if (unknown !== undefined) {
    const known = Object.keys(NAMES).join(", ");
    throw new InvalidOptionError(`A mock tenant has no option ${JSON.stringify(unknown)}. It has ${known}.`);
  }
  const {
    port = 0,
    clientId = randomBytes(16).toString("hex"),
    clientSecret = randomBytes(32).toString("hex"),
    tokenLifetime = 749,
    seed = 0,
    rateLimit = PLATFORM_RATE_LIMIT,
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
  if (!Array.isArray(faults)) throw new InvalidOptionError("faults must be a list of faults.");
  if (rateLimit !== false) {
    requireType("rateLimit", rateLimit, "object");
    requireCount("rateLimit.requests", rateLimit.requests, 1);
    if (!Number.isFinite(rateLimit.seconds) || rateLimit.seconds <= 0)
      throw new RangeError(
        `rateLimit.seconds must be a number above 0, and is ${inspect(rateLimit.seconds)}.`,
      );
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
 * The scopes of a tenant's tokens.
 *
 * @param known Those of the document, which are the default.
 * @throws InvalidOptionError when the document has no such scope: it would grant nothing.
 */
export function readScopes(
  scopes: readonly string[] | undefined,
  known: readonly string[],
): readonly string[] {
  if (scopes === undefined) return known;
  if (!Array.isArray(scopes)) throw new InvalidOptionError("scopes must be a list of scopes.");
  const unknown = scopes.find((scope) => !known.includes(scope));
  if (unknown === undefined) return scopes;
  const has = known.length === 0 ? "none" : known.join(", ");
  throw new InvalidOptionError(`There is no scope ${JSON.stringify(unknown)}. The API has ${has}.`);
}

function requireCount(
  name: string,
  value: number,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw new RangeError(
      `${name} must be a whole number from ${least} to ${most}, and is ${inspect(value)}.`,
    );
}

function requireText(name: string, value: string): void {
  if (typeof value !== "string" || value === "")
    throw new InvalidOptionError(`${name} must be a string that is not empty.`);
}

function requireType(name: string, value: unknown, type: "boolean" | "function" | "object"): void {
  if (value === undefined || (typeof value === type && value !== null)) return;
  throw new InvalidOptionError(`${name} must be of the type ${type}, and is ${inspect(value)}.`);
}
