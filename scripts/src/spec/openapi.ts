/** The types of the objects of OpenAPI. Only this file knows where they come from. */
export type {
  ArraySubtype,
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
