import type { OpenAPI3, SecuritySchemeObject } from "../spec/openapi.ts";
import { escapePointer } from "../spec/json-pointer.ts";
import type { Diagnostic } from "../spec/diagnostic.ts";
import { deref } from "../spec/reference.ts";
import type { Operation } from "./model.ts";

/** Returns the parts of the spec that methods do not use, although they work without them. */
export function findUnsupported(document: OpenAPI3, operations: readonly Operation[]): Diagnostic[] {
  return [
    ...schemeDiagnostics(document, operations),
    ...operations.flatMap(responseDiagnostics),
    ...mediaTypeDiagnostics(operations),
  ];
}

/** Describes a security scheme that the client does not implement, such as "the API key in the header `X-Key`". */
export function unsupportedScheme(document: OpenAPI3, name: string): string | undefined {
  const scheme = deref<Partial<SecuritySchemeObject & { in: string; name: string; scheme: string }>>(
    document,
    document.components?.securitySchemes?.[name],
  );
  switch (scheme.type) {
    case "apiKey":
      return `the API key in the ${scheme.in} \`${scheme.name}\``;
    case "http":
      return /^bearer$/i.test(scheme.scheme ?? "") ? undefined : `HTTP ${scheme.scheme} authentication`;
    case "mutualTLS":
      return "a client certificate";
    default:
      return undefined;
  }
}

function schemeDiagnostics(document: OpenAPI3, operations: readonly Operation[]): Diagnostic[] {
  const used = new Set(operations.flatMap(({ unsupportedSchemes }) => unsupportedSchemes));
  return [...used].map((name) => ({
    pointer: `#/components/securitySchemes/${escapePointer(name)}`,
    message: `The client does not send ${unsupportedScheme(document, name)}.`,
    effect: "The methods send the bearer token of the option `auth`.",
    remedy: "Set the credential with the option `headers` or with middleware.",
    harmless: true,
  }));
}

function responseDiagnostics({ id, responses }: Operation): Diagnostic[] {
  return responses.flatMap(({ pointer, status, mediaType }) => [
    ...(status.startsWith("3")
      ? [
          diagnostic(
            pointer,
            `"${id}" may redirect (${status}).`,
            "The method does not follow it, and throws an `ApiError`.",
          ),
        ]
      : []),
    ...(mediaType === "text/event-stream"
      ? [
          diagnostic(
            pointer,
            `"${id}" returns an event stream.`,
            "The method waits for its end, and returns its text.",
          ),
        ]
      : []),
  ]);
}

/** Reports each media type that methods do not use, once. */
function mediaTypeDiagnostics(operations: readonly Operation[]): Diagnostic[] {
  const bodies = operations.flatMap(({ requestBody, responses }) => [requestBody ?? [], responses].flat());
  const uses = Map.groupBy(
    bodies.flatMap(({ others, pointer }) => others.map((other) => ({ other, pointer }))),
    ({ other }) => other,
  );
  return [...uses].map(([other, found]) =>
    diagnostic(
      found[0]?.pointer ?? "#",
      `${found.length === 1 ? "A body" : `${found.length} bodies`} may also be \`${other}\`.`,
      "The methods use another media type.",
    ),
  );
}

function diagnostic(pointer: string, message: string, effect: string): Diagnostic {
  return { pointer, message, effect, remedy: "Use `asResponse()` or `raw` for it.", harmless: true };
}
