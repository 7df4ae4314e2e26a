import type { Middleware } from "openapi-fetch";
import { ConfigurationError } from "../errors/errors.ts";
import { toCallbackError } from "../errors/wrap-error.ts";

/** Middleware whose errors name the callback that threw them. @throws ConfigurationError for anything that is not middleware. */
export function guardMiddleware(middleware: Middleware): Middleware {
  if (Object(middleware) !== middleware || !names.some((name) => typeof middleware[name] === "function"))
    throw new ConfigurationError("Middleware must be an object with `onRequest`, `onResponse` or `onError`.");
  const guarded = names.flatMap((name) => {
    const callback = middleware[name] as ((options: never) => unknown) | undefined;
    if (callback === undefined) return [];
    const call = async (options: never) => {
      try {
        const result = await callback.call(middleware, options);
        if (result instanceof Error) returned.add(result);
        return result;
      } catch (cause) {
        throw toCallbackError(`middleware.${name}`, cause);
      }
    };
    return [[name, call]];
  });
  return Object.fromEntries(guarded) as Middleware;
}

/** Returns `true` for an error that `onError` of a middleware returned. The client throws it as it is. */
export function isReturnedError(error: unknown): boolean {
  return returned.has(error as Error);
}

const returned = new WeakSet<Error>();

const names = ["onRequest", "onResponse", "onError"] as const;
