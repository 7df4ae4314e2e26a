/** What a client must know of an operation at run time. */
export interface Operation {
  readonly method: "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE";
  /** The path template, below the server's URL. The names in braces are path parameters. */
  readonly path: string;
  /** The names of the query parameters. */
  readonly query?: readonly string[];
  /** The names of the header parameters. */
  readonly header?: readonly string[];
  /** Headers that every request of it carries. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The request body; absent where there is none. */
  readonly body?: RequestBody;
  /** How to read the body of a success; absent where there is none. */
  readonly returns?: "json" | "text" | "binary";
  /** A success may have `null`, or no body, in place of data. */
  readonly nullable?: true;
  readonly pagination?: Pagination;
}

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
