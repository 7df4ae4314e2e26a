import { operationTable } from "@isc-customizers/types";
import document from "@isc-customizers/types/openapi.json" with { type: "json" };

/** An operation of the spec, and a request for it that is made of the spec's own examples. */
export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  /** Such as `/connector-customizers/{id}`. */
  readonly template: string;
  /** The path parameters, by name. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where it takes none. */
  readonly body: string | undefined;
  readonly responses: readonly DocumentedResponse[];
}

export interface DocumentedResponse {
  readonly status: string;
  readonly hasBody: boolean;
}

/**
 * A zip without entries. All its bytes are ASCII, because Prism 5.16.0 reads a body that is not JSON as text in UTF-8: of the
 * bytes 80 FF it forwards EF BF BD EF BF BD, and a zip with anything in it arrives damaged. It is not sent chunked either:
 * Prism then forwards `Transfer-Encoding` and adds a `Content-Length`, which Node's server refuses.
 */
const EMPTY_ZIP = `PK\x05\x06${"\0".repeat(18)}`;

/** Every operation of the spec. */
export const documentedOperations: readonly DocumentedOperation[] = Object.entries(operationTable).map(
  ([id, { method, path: template, headers, body }]) => {
    const item = (document.paths as Record<string, PathItem>)[template];
    const operation = item?.[method.toLowerCase() as "get"];
    const parameters = [...(item?.parameters ?? []), ...(operation?.parameters ?? [])].map(resolve);
    const examples = (place: string) =>
      Object.fromEntries(
        parameters.filter((one) => one.in === place).map(({ name, example }) => [name, String(example)]),
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

/** What a reference means, which is the name of a component. */
function resolve<T extends object>(value: Referable<T>): T {
  if (!("$ref" in value)) return value;
  const [, , kind = "", name = ""] = value.$ref.split("/");
  const components: Readonly<Record<string, object>> = document.components;
  return (components[kind] as Readonly<Record<string, T>>)[name] as T;
}
