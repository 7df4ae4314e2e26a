import { operationTable } from "@isc-customizers/types";
import document from "@isc-customizers/types/openapi.json" with { type: "json" };

/** An operation of the spec, with a request built from the spec's examples. */
export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  /** The path template, such as `/connector-customizers/{id}`. */
  readonly template: string;
  /** The path parameters, by name. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined if the operation has no request body. */
  readonly body: string | undefined;
  readonly responses: readonly DocumentedResponse[];
}

export interface DocumentedResponse {
  readonly status: string;
  readonly hasBody: boolean;
}

/**
 * A zip without entries, all in ASCII. Prism 5.16.0 decodes a body that is not JSON as UTF-8, which damages other bytes: it
 * forwards 80 FF as EF BF BD EF BF BD. The zip is a string, because Prism breaks a chunked body too: it forwards
 * `Transfer-Encoding` and adds a `Content-Length`, and Node's server rejects that combination.
 */
const EMPTY_ZIP = `PK\x05\x06${"\0".repeat(18)}`;

/** Every operation of the spec. */
export const documentedOperations: readonly DocumentedOperation[] = Object.entries(operationTable).map(
  ([id, { method, path: template, headers, body }]) => {
    const item = (document.paths as Record<string, PathItem>)[template];
    const operation = item?.[method.toLowerCase() as "get"];
    const parameters = [...(item?.parameters ?? []), ...(operation?.parameters ?? [])].map(resolve);
    const examples = (location: string) =>
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter.in === location)
          .map(({ name, example }) => [name, String(example)]),
      );
    const media = operation?.requestBody?.content[body?.mediaType ?? ""];
    return {
      id,
      method,
      template,
      path: examples("path"),
      query: examples("query"),
      headers: { ...headers, ...(body && { "Content-Type": body.mediaType }) },
      body: body?.kind === "binary" ? EMPTY_ZIP : firstExample(media),
      responses: Object.entries(operation?.responses ?? {}).map(([status, response]) => ({
        status,
        hasBody: resolve(response).content !== undefined,
      })),
    };
  },
);

interface PathItem {
  readonly parameters?: readonly Referable<Parameter>[];
  readonly get?: {
    readonly parameters?: readonly Referable<Parameter>[];
    readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
    readonly responses: Readonly<Record<string, Referable<{ readonly content?: object }>>>;
  };
}

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly example?: unknown;
}

interface Media {
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

type Referable<T> = T | { readonly $ref: string };

function firstExample(media: Media | undefined): string | undefined {
  const [example] = Object.values(media?.examples ?? {});
  return example && JSON.stringify(example.value);
}

/** Resolves a reference to a component. */
function resolve<T extends object>(value: Referable<T>): T {
  if (!("$ref" in value)) return value;
  const [, , kind = "", name = ""] = value.$ref.split("/");
  const components: Readonly<Record<string, object>> = document.components;
  return (components[kind] as Readonly<Record<string, T>>)[name] as T;
}
