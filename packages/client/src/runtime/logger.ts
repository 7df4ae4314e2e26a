import { check } from "../errors/check.ts";

/** Data of a log line. A field that is not known is missing. No field contains a secret. */
export interface LogFields {
  /** Id of the operation in the spec; `raw` for a call by path, `token` for a request to the token endpoint. */
  readonly operationId?: string | undefined;
  /** HTTP method. */
  readonly method?: string | undefined;
  /** URL, with its query. */
  readonly url?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** Number of the attempt, from 1. */
  readonly attempt?: number | undefined;
  /** Time from sending the attempt to the start of its response, or to its failure, in milliseconds. */
  readonly durationMs?: number | undefined;
  /** Id of the request, for SailPoint's support. */
  readonly trackingId?: string | undefined;
}

/**
 * Receives the client's log lines. A logger that throws or returns a rejected promise does not fail a call.
 *
 * | level   | lines                                                                                              |
 * | ------- | -------------------------------------------------------------------------------------------------- |
 * | `error` | none so far: the client throws its errors, and the caller decides which of them to log              |
 * | `warn`  | problems that a person should look into, such as a deprecated operation or a token store that failed |
 * | `info`  | each attempt with its status and duration, and each wait before a retry or for the rate limit       |
 * | `debug` | the headers of each request and response, without secrets                                           |
 *
 * @example Write to pino, which takes the fields first
 * ```ts
 * const log = pino();
 * const customizers = createClient({
 *   tenant: "acme",
 *   auth: { clientId, clientSecret },
 *   logLevel: "info",
 *   logger: {
 *     error: (message, fields) => log.error(fields, message),
 *     warn: (message, fields) => log.warn(fields, message),
 *     info: (message, fields) => log.info(fields, message),
 *     debug: (message, fields) => log.debug(fields, message),
 *   },
 * });
 * ```
 * @example Write to `console`, which gets the message alone and so prints one line
 * ```ts
 * createClient({ tenant: "acme", auth: { clientId, clientSecret }, logger: console, logLevel: "info" });
 * // isc-customizers: GET /v2024/connector-customizers -> 200 in 12 ms (attempt 1)
 * ```
 */
export interface Logger {
  error(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  info(message: string, fields: LogFields): void;
  debug(message: string, fields: LogFields): void;
}

/** Least severe level that is logged; `off` for no lines. See `Logger` for the lines of each level. */
export type LogLevel = "off" | keyof Logger;

/** Writes a line if its level is enabled. The message and the fields are created only then. */
export type Log = (level: keyof Logger, message: () => string, fields?: () => LogFields) => void;

const levels: readonly LogLevel[] = ["off", "error", "warn", "info", "debug"];

/**
 * Creates the function that writes to a logger.
 * @param logger by default `console`
 * @throws ConfigurationError for an unknown level, or a logger without all of its functions
 */
export function createLog(logger: Logger | undefined, logLevel: LogLevel = "warn"): Log {
  check(
    logger === undefined || levels.every((level) => level === "off" || typeof logger?.[level] === "function"),
    "logger",
    "an object with a function for each level",
  );
  const enabled = levels.indexOf(logLevel);
  check(enabled >= 0, "logLevel", `one of ${levels.join(", ")}`, logLevel);
  return (level, message, fields) => {
    if (levels.indexOf(level) > enabled) return;
    // A call does not fail because its log cannot be written.
    try {
      const line = `isc-customizers: ${message()}`;
      // `console` would print the fields over several lines.
      const isConsole = logger === undefined || logger === console;
      const written: unknown = isConsole ? console[level](line) : logger[level](line, known(fields?.()));
      Promise.resolve(written).catch(() => {});
    } catch {}
  };
}

function known(fields: LogFields = {}): LogFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
