import type { Middleware } from "openapi-fetch";
import { ConfigurationError } from "../errors/errors.ts";
import { labelOf } from "../errors/request-label.ts";
import { toCallbackError } from "../errors/to-callback-error.ts";
import { abortable } from "../runtime/abort.ts";
import type { Clock } from "../runtime/clock.ts";
import type { RequestLimits } from "../transport/request-limits.ts";
import { timeLimit } from "../runtime/time-limit.ts";
import type { ResponseContext } from "../transport/transport-request.ts";

/** The call that middleware is called for. */
export interface GuardedCall {
  /** Returns the request, and the secrets that its response may echo to middleware. */
  readonly context: () => Pick<ResponseContext, "request" | "redact">;
  readonly clock: Clock;
  /** End of the total time, by the clock. */
  readonly deadline: number;
  readonly limits: RequestLimits;
  readonly signal: AbortSignal | undefined;
}

interface CallbackOptions {
  readonly request: unknown;
  readonly response?: unknown;
}

const names = ["onRequest", "onResponse", "onError"] as const;

/** @throws ConfigurationError for anything that is not middleware. */
export function checkMiddleware(middleware: Middleware): void {
  const callbacks = names.flatMap((name) => Object(middleware)[name] ?? []);
  if (callbacks.length === 0 || callbacks.some((callback) => typeof callback !== "function"))
    throw new ConfigurationError("Middleware must be an object with `onRequest`, `onResponse` or `onError`.");
}

/** Returns middleware for one call. Its errors name the callback that threw them, and its callbacks are limited by time. */
export function guardMiddleware(middleware: Middleware, call: GuardedCall): Middleware {
  const guarded = names.flatMap((name) => {
    const callback = middleware[name] as ((options: never) => unknown) | undefined;
    if (!callback) return [];
    const run = async (options: CallbackOptions) => {
      try {
        const result = await callback.call(middleware, options as never);
        // The response may be of another class than the global one, which openapi-fetch refuses.
        if (result === (name === "onRequest" ? options.request : options.response)) return undefined;
        checkResult(name, result);
        if (result instanceof Error) returned.add(result);
        return result;
      } catch (cause) {
        throw toCallbackError(`middleware.${name}`, cause, call.context().redact);
      }
    };
    return [[name, (options: CallbackOptions) => withinTotalTime(run(options), call)]];
  });
  return Object.fromEntries(guarded) as Middleware;
}

async function withinTotalTime<T>(
  result: Promise<T>,
  { context, clock, deadline, limits, signal }: GuardedCall,
): Promise<T> {
  const limit = timeLimit(clock, signal);
  limit.set(
    deadline - clock.now(),
    () =>
      `${labelOf(context().request)} took longer than ${limits.totalTimeout} ms in all: it was waiting for middleware.`,
  );
  return await abortable(result, limit.signal).finally(limit.lift);
}

/** openapi-fetch refuses the same values, but its error does not say that the request was sent. */
function checkResult(name: (typeof names)[number], result: unknown): void {
  const classes = { onRequest: [Request, Response], onResponse: [Response], onError: [Response, Error] }[
    name
  ];
  if (!result || classes.some((each) => result instanceof each)) return;
  throw new TypeError(`it must return ${classes.map((each) => each.name).join(", ")} or nothing`);
}

const returned = new WeakSet<Error>();

/** Returns `true` for an error that `onError` of a middleware returned. The client throws it as it is. */
export function isReturnedError(error: unknown): boolean {
  return returned.has(error as Error);
}
