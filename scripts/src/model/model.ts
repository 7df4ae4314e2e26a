import type { GlobalContext, OpenAPI3, ReferenceObject, SchemaObject } from "openapi-typescript";
import type { BodyKind, Operation as OperationRow } from "../contract/operation.ts";
import type { Server } from "../contract/server-object.ts";

/** What the emitters are told of a spec: the few things that they all need, with every `$ref` but those to models resolved. */
export interface ApiModel {
  /** The name of the spec, for the head of every generated file. */
  readonly source: string;
  /** The document as it is. */
  readonly described: OpenAPI3;
  /** The document in the form that the layers read. */
  readonly document: OpenAPI3;
  /** The discriminators of the document. They are found once, for finding them reads all of it. */
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

/** What a schema says of itself. */
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
  /** What the extension `x-experimental` says; `undefined` where that is neither true nor false. */
  readonly experimental: boolean | undefined;
  /** Where it is served, if not where the rest of the API is. */
  readonly server: Server | undefined;
  readonly tags: readonly string[];
  readonly pointer: string;
  /** Those that a caller gives. */
  readonly parameters: readonly Parameter[];
  readonly headers: readonly FixedHeader[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly Response[];
  /** The alternatives that its security allows, each a list of scopes that are all needed. */
  readonly scopes: readonly (readonly string[])[];
  /** It has the extension `x-pagination`. */
  readonly paginated: boolean;
  /** What the extension says, if that can be followed. */
  readonly pagination: Pagination | undefined;
}

export interface Parameter {
  /** The member of the argument that it is. */
  readonly member: string;
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: string;
  readonly schema: Schema | undefined;
  /** The media type that describes it in place of a style. */
  readonly mediaType: string | undefined;
  readonly style: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly example: unknown;
  readonly pointer: string;
}

/** A header parameter with one possible value, which every request carries. */
export interface FixedHeader {
  readonly name: string;
  readonly value: string;
  readonly description: string;
}

export interface RequestBody {
  readonly required: boolean;
  readonly description: string;
  readonly mediaType: string;
  /** The media types that the API takes besides. */
  readonly others: readonly string[];
  readonly kind: BodyKind;
  readonly schema: Schema | undefined;
  readonly example: unknown;
  readonly pointer: string;
}

export interface Response {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly description: string;
  readonly mediaType: string | undefined;
  /** The media types that the API has besides. */
  readonly others: readonly string[];
  readonly kind: BodyKind | undefined;
  readonly schema: Schema | undefined;
  readonly headers: readonly { readonly name: string; readonly description: string }[];
  readonly pointer: string;
}

export interface Pagination {
  readonly offset: string;
  readonly limit: string;
  readonly defaultLimit: number;
  readonly maxLimit: number | undefined;
  readonly items: Schema;
}
