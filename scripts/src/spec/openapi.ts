import type { ReferenceObject, SchemaObject } from "openapi-typescript";

/** The types of the objects of OpenAPI. Only this file knows where they come from. */
export type {
  GlobalContext,
  MediaTypeObject,
  OpenAPI3,
  OperationObject,
  ParameterObject,
  PathItemObject,
  PathsObject,
  ReferenceObject,
  RequestBodyObject,
  ResponseObject,
  SchemaObject,
  SecuritySchemeObject,
  ServerObject,
} from "openapi-typescript";

type Schema = SchemaObject | ReferenceObject;

/** The keywords of a schema in OpenAPI 3.0 and 3.1, which `SchemaObject` has only for some types of values. */
export interface Keywords {
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}
