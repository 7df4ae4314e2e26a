import type { Middleware } from "openapi-fetch";
import { ConfigurationError } from "../errors/errors.ts";
import { toCallbackError } from "../errors/wrap-error.ts";

/** Limits the wait for a callback of middleware. @param params the parameters of the call, which identify it */
export type LimitCallback = <T>(params: object, result: Promise<T>) => Promise<T>;

/**
 * Middleware whose errors name the callback that threw them, and whose callbacks are limited by time.
 * @throws ConfigurationError for anything that is not middleware.
 */
export function guardMiddleware(middleware: Middleware, limit: LimitCallback): Middleware {
  const callbacks = names.flatMap((name) => Object(middleware)[name] ?? []);
  if (callbacks.length === 0 || callbacks.some((callback) => typeof callback !== "function"))
    throw new ConfigurationError("Middleware must be an object with `onRequest`, `onResponse` or `onError`.");
  const guarded = names.flatMap((name) => {
    const callback = middleware[name] as ((options: never) => unknown) | undefined;
    if (callback === undefined) return [];
    const call = async (options: never) => {
      try {
        const result = await callback.call(middleware, options);
        checkResult(name, result);
        if (result instanceof Error) returned.add(result);
        return result;
      } catch (cause) {
        throw toCallbackError(`middleware.${name}`, cause);
      }
    };
    return [[name, (options: { params: object }) => limit(options.params, call(options as never))]];
  });
  return Object.fromEntries(guarded) as Middleware;
}

/** openapi-fetch refuses the same values, but its error does not say that the request was sent. */
function checkResult(name: (typeof names)[number], result: unknown): void {
  const classes = { onRequest: [Request, Response], onResponse: [Response], onError: [Response, Error] }[
    name
  ];
  if (!result || classes.some((each) => result instanceof each)) return;
  throw new TypeError(`it must return ${classes.map((each) => article(each.name)).join(", ")} or nothing`);
}

function article(noun: string): string {
  return `${/^[AEIOU]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** Returns `true` for an error that `onError` of a middleware returned. The client throws it as it is. */
export function isReturnedError(error: unknown): boolean {
  return returned.has(error as Error);
}

const returned = new WeakSet<Error>();

const names = ["onRequest", "onResponse", "onError"] as const;
