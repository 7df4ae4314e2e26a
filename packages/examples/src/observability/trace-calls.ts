import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import type { Middleware } from "@isc-customizers/client";

/**
 * Creates middleware that makes a client span of each call, named by OpenTelemetry's conventions for HTTP, and sends its context
 * in the header `traceparent` (https://www.w3.org/TR/trace-context/). A call that is retried is one span.
 */
export function traceCalls(tracer: Tracer): Middleware {
  const spans = new Map<string, Span>();
  const end = (id: string, status: number | undefined, error?: unknown) => {
    const span = spans.get(id);
    spans.delete(id);
    if (span === undefined) return;
    if (status !== undefined) span.setAttribute("http.response.status_code", status);
    if (error instanceof Error) span.recordException(error);
    if (status === undefined || status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
  return {
    onRequest({ id, request, schemaPath }) {
      const parent: Context = context.active();
      const { method, url } = request;
      const span = tracer.startSpan(
        `${method} ${schemaPath}`,
        {
          kind: SpanKind.CLIENT,
          attributes: { "http.request.method": method, "url.full": url, "url.template": schemaPath },
        },
        parent,
      );
      spans.set(id, span);
      propagation.inject(trace.setSpan(parent, span), request.headers, {
        set: (headers, name, value) => headers.set(name, value),
      });
    },
    onResponse: ({ id, response }) => end(id, response.status),
    onError: ({ id, error }) => end(id, undefined, error),
  };
}
