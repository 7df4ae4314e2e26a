import type { GlobalContext, OpenAPI3, ReferenceObject, SchemaObject } from "../spec/openapi.ts";
import type { BodyKind, FieldEncoding, Operation as OperationRow } from "../contract/operation.ts";
import type { Server } from "../contract/server-object.ts";

/** The model of an API, which the emitters read. Only references to models remain. */
export interface ApiModel {
  /** The name of the spec, for the head of every generated file. */
  readonly source: string;
  /** The document as it is written. */
  readonly described: OpenAPI3;
  /** The normalized document. */
  readonly document: OpenAPI3;
  /** The discriminators of the document, collected once because this reads the whole document. */
  readonly discriminators: GlobalContext["discriminators"];
  readonly server: Server | undefined;
  readonly tags: readonly Tag[];
  readonly operations: readonly Operation[];
  /** The named schemas. */
  readonly models: readonly Model[];
}

export interface Tag {
  readonly name: string;
  readonly description: string;
  /** The name of its reference page, without the extension. */
  readonly slug: string;
  readonly operations: readonly Operation[];
}

export type Schema = SchemaObject | ReferenceObject;

/** The members of a schema that become a docstring. */
export interface Documented {
  readonly title?: unknown;
  readonly description?: unknown;
  readonly deprecated?: unknown;
}

export interface Model {
  /** The name of its type. */
  readonly name: string;
  /** Its name in the document. */
  readonly schemaName: string;
  readonly schema: Schema;
  readonly pointer: string;
}

export interface Operation {
  /** The name of its method. */
  readonly id: string;
  /** The name of the type of the method's first argument. */
  readonly parametersName: string;
  readonly method: OperationRow["method"];
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  /** The value of `x-experimental`; `undefined` if it is neither `true` nor `false`. */
  readonly experimental: boolean | undefined;
  /** The server of the operation, if it has its own. */
  readonly server: Server | undefined;
  readonly tags: readonly string[];
  readonly pointer: string;
  /** The parameters that a caller passes. */
  readonly parameters: readonly Parameter[];
  readonly headers: readonly ConstantHeader[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly Response[];
  /** The alternatives of its security, each a list of required scopes. */
  readonly scopes: readonly (readonly string[])[];
  /** The names of its security schemes that the client does not implement. */
  readonly unsupportedSchemes: readonly string[];
  /** It has the extension `x-pagination`. */
  readonly paginated: boolean;
  /** The value of `x-pagination`, if it is valid. */
  readonly pagination: Pagination | undefined;
}

export interface Parameter {
  /** The name of the member of the method's argument. */
  readonly member: string;
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: string;
  readonly schema: Schema | undefined;
  /** The media type of a parameter that has `content` instead of a style. */
  readonly mediaType: string | undefined;
  readonly style: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly example: unknown;
  readonly pointer: string;
}

/** A header parameter with one possible value, which every request carries. */
export interface ConstantHeader {
  readonly name: string;
  readonly value: string;
  readonly description: string;
}

export interface RequestBody {
  readonly required: boolean;
  readonly description: string;
  readonly mediaType: string;
  /** The other media types. */
  readonly others: readonly string[];
  readonly kind: BodyKind;
  readonly encoding: Readonly<Record<string, FieldEncoding>>;
  readonly schema: Schema | undefined;
  readonly example: unknown;
  readonly pointer: string;
}

export interface Response {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly description: string;
  readonly mediaType: string | undefined;
  /** The other media types. */
  readonly others: readonly string[];
  readonly kind: BodyKind | undefined;
  readonly schema: Schema | undefined;
  readonly headers: readonly { readonly name: string; readonly description: string }[];
  readonly example: unknown;
  readonly pointer: string;
}

export interface Pagination {
  readonly offset: string;
  readonly limit: string;
  readonly defaultLimit: number;
  readonly maxLimit: number | undefined;
  readonly items: Schema;
}
