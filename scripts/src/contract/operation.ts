import type { Server } from "./server-object.ts";

/** What a client must know of an operation at run time. */
export interface Operation {
  readonly method: "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE";
  /** The path template, below the server's URL. The names in braces are path parameters. */
  readonly path: string;
  /** The names of the query parameters, of those that are written as is usual there. */
  readonly query?: readonly string[];
  /** The names of the header parameters, of those that are written as is usual there. */
  readonly header?: readonly string[];
  /** The parameters that are written otherwise, or have another name for the caller: by that name. */
  readonly parameters?: Readonly<Record<string, PlacedParameter>>;
  /** Headers that every request of it carries. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The request body; absent where there is none. */
  readonly body?: RequestBody;
  /** How to read the body of a success, by its status where that differs; absent where there is none. */
  readonly returns?: ReturnKind | Readonly<Record<string, ReturnKind>>;
  /** A success may have `null`, or no body, in place of data. */
  readonly nullable?: true;
  /** Where it is served, if not where the rest of the API is. */
  readonly server?: Server;
  readonly pagination?: Pagination;
}

export type ReturnKind = "json" | "text" | "binary";

/** Where and how a parameter is sent: https://spec.openapis.org/oas/v3.1.1#style-values */
export interface PlacedParameter {
  readonly in: "path" | "query" | "header" | "cookie";
  readonly name: string;
  /** As JSON, where it is absent. */
  readonly style?: ParameterStyle;
  /** Every item or member stands for itself. */
  readonly explode?: boolean;
  /** What the query may hold as it is, is not percent-encoded. */
  readonly allowReserved?: true;
}

export type ParameterStyle =
  "simple" | "label" | "matrix" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";

export interface RequestBody {
  readonly mediaType: string;
  /** How to write it, which the media type decides. */
  readonly kind: BodyKind;
}

/** JSON is serialized, a form is a `FormData` or `URLSearchParams`, and anything else is sent as it is. */
export type BodyKind = "json" | "text" | "binary" | "multipart" | "urlencoded";

/** Pagination by a record-based offset. */
export interface Pagination {
  /** The query parameter that says how many records to skip. */
  readonly offset: string;
  /** The query parameter that says how many records a page may have. */
  readonly limit: string;
  /** The page size that the server takes when the limit is absent. */
  readonly defaultLimit: number;
  /** The largest page that the server gives; no bound where absent. */
  readonly maxLimit?: number;
}
