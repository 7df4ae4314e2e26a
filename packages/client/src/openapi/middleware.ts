import type { Middleware } from "openapi-fetch";
import { ConfigurationError } from "../errors/errors.ts";
import type { Redact } from "../errors/redact.ts";
import { toCallbackError } from "../errors/to-callback-error.ts";

/** A call that goes through middleware. */
export interface GuardedCall {
  /** Limits the wait for a callback of middleware. */
  readonly limit: <T>(result: Promise<T>) => Promise<T>;
  /** Removes the secrets that a response may echo to middleware. */
  readonly redact: Redact;
}

interface CallbackOptions {
  readonly params: object;
  readonly request: unknown;
  readonly response?: unknown;
}

/**
 * Middleware whose errors name the callback that threw them, and whose callbacks are limited by time.
 * @throws ConfigurationError for anything that is not middleware.
 */
export function guardMiddleware(
  middleware: Middleware,
  callOf: (params: object) => GuardedCall | undefined,
): Middleware {
  const callbacks = names.flatMap((name) => Object(middleware)[name] ?? []);
  if (callbacks.length === 0 || callbacks.some((callback) => typeof callback !== "function"))
    throw new ConfigurationError("Middleware must be an object with `onRequest`, `onResponse` or `onError`.");
  const guarded = names.flatMap((name) => {
    const callback = middleware[name] as ((options: never) => unknown) | undefined;
    if (!callback) return [];
    const run = async (options: CallbackOptions, redact?: Redact) => {
      try {
        const result = await callback.call(middleware, options as never);
        // The response may be of another class than the global one, which openapi-fetch refuses.
        if (result === (name === "onRequest" ? options.request : options.response)) return undefined;
        checkResult(name, result);
        if (result instanceof Error) returned.add(result);
        return result;
      } catch (cause) {
        throw toCallbackError(`middleware.${name}`, cause, redact);
      }
    };
    const guard = async (options: CallbackOptions) => {
      const call = callOf(options.params);
      const result = run(options, call?.redact);
      return await (call ? call.limit(result) : result);
    };
    return [[name, guard]];
  });
  return Object.fromEntries(guarded) as Middleware;
}

/** openapi-fetch refuses the same values, but its error does not say that the request was sent. */
function checkResult(name: (typeof names)[number], result: unknown): void {
  const classes = { onRequest: [Request, Response], onResponse: [Response], onError: [Response, Error] }[
    name
  ];
  if (!result || classes.some((each) => result instanceof each)) return;
  throw new TypeError(`it must return ${classes.map((each) => each.name).join(", ")} or nothing`);
}

/** Returns `true` for an error that `onError` of a middleware returned. The client throws it as it is. */
export function isReturnedError(error: unknown): boolean {
  return returned.has(error as Error);
}

const returned = new WeakSet<Error>();

const names = ["onRequest", "onResponse", "onError"] as const;
