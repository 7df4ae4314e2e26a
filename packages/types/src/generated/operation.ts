// Generated from scripts/src/contract/operation.ts by `pnpm generate`. Do not edit.

import type { Server } from "./server-object.ts";

/** An operation of the API, as a client needs it at run time. */
export interface Operation {
  /** The HTTP method. */
  readonly method: "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE";
  /** The path template, relative to the server's URL. The names in braces are path parameters. */
  readonly path: string;
  /** The names of the query parameters with the default style (`form`, exploded). */
  readonly query?: readonly string[];
  /** The names of the header parameters with the default style (`simple`, not exploded). */
  readonly header?: readonly string[];
  /** The parameters that have another style, or another name in a method's argument; by their name in the argument. */
  readonly parameters?: Readonly<Record<string, PlacedParameter>>;
  /** The constant headers of every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The request body; absent if the operation has none. */
  readonly body?: RequestBody;
  /** The kind of a success body, or the kinds by status if they differ; absent if no success has a body. */
  readonly returns?: ReturnKind | Readonly<Record<string, ReturnKind>>;
  /** `true`: a success may have `null`, or no body, in place of data. */
  readonly nullable?: true;
  /** The server of this operation, if it is not the server of the API. */
  readonly server?: Server;
  /** The pagination; absent if the operation returns no pages. */
  readonly pagination?: Pagination;
}

/** The kind of a response body: parsed JSON, a string, or a `Blob`. */
export type ReturnKind = "json" | "text" | "binary";

/** The location and the style of a parameter: https://spec.openapis.org/oas/v3.1.1#style-values */
export interface PlacedParameter {
  readonly in: "path" | "query" | "header" | "cookie";
  /** The name in the request. */
  readonly name: string;
  /** The style; if it is absent, the value is sent as JSON. */
  readonly style?: ParameterStyle;
  /** `true`: each item or member is a value of its own. */
  readonly explode?: boolean;
  /** `true`: characters that a query may contain are not percent-encoded. */
  readonly allowReserved?: true;
}

/** A serialization style of a parameter. */
export type ParameterStyle =
  "simple" | "label" | "matrix" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";

/** The request body of an operation. */
export interface RequestBody {
  readonly mediaType: string;
  /** The kind of value that a caller passes. It follows from the media type. */
  readonly kind: BodyKind;
  /** The fields of a form that are not serialized by default. */
  readonly encoding?: Readonly<Record<string, FieldEncoding>>;
}

/** The serialization of a form field (OpenAPI 3.1.0, section 4.8.15). */
export interface FieldEncoding {
  /** The media type of the part of a multipart body. */
  readonly contentType?: string;
  /** The delimiter between the items of a list, which is then one entry. By default, each item is an entry. */
  readonly delimiter?: string;
}

/**
 * The kind of a request body. `json` is serialized. `multipart` and `urlencoded` are an object with the fields, or a `FormData` or
 * `URLSearchParams`. `text` and `binary` are sent unchanged.
 */
export type BodyKind = "json" | "text" | "binary" | "multipart" | "urlencoded";

/** Pagination by an offset that counts records. */
export interface Pagination {
  /** The name of the query parameter with the number of records to skip. */
  readonly offset: string;
  /** The name of the query parameter with the page size. */
  readonly limit: string;
  /** The page size that the server uses if the limit is absent. */
  readonly defaultLimit: number;
  /** The largest page size; absent if there is no limit. */
  readonly maxLimit?: number;
}
