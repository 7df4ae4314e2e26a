import { annotations } from "../canonical/keywords.ts";
import type { Schema } from "../canonical/schema-parts.ts";

/** The schemas that a value may satisfy. A schema that is no union is its only alternative. */
export interface Alternatives {
  readonly isUnion: boolean;
  readonly schemas: readonly Schema[];
}

/** The alternatives of a schema; `undefined` if it allows anything, or is more than its alternatives. */
export function alternativesOf({ ...schema }: Schema): Alternatives | undefined {
  Reflect.deleteProperty(schema, "nullable");
  const { oneOf, type } = schema;
  const structure = Object.keys(schema).filter((keyword) => !annotations.has(keyword));
  if (structure.length === 0 || (oneOf !== undefined && structure.length > 1)) return undefined;
  if (Array.isArray(oneOf)) return { isUnion: true, schemas: oneOf };
  const schemas = Array.isArray(type) ? type.map((one: unknown) => ({ ...schema, type: one })) : [schema];
  return { isUnion: false, schemas };
}
