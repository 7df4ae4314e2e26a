import type { OpenAPI3 } from "openapi-typescript";
import { deref } from "./json-reference.ts";
import type { Schema } from "./model.ts";

/** The bounds that a schema sets, in words: "0 to 250". Empty for none. */
export function boundsOf(document: OpenAPI3, schema: Schema | undefined): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, format } = deref<Bounds>(
    document,
    schema ?? {},
  );
  return [
    range(minimum, maximum, ""),
    range(minLength, maxLength, " characters"),
    range(minItems, maxItems, " items"),
    pattern && `matching \`${pattern}\``,
    format && `format \`${format}\``,
  ]
    .filter(Boolean)
    .join(", ");
}

/** The schema's default as JSON, if it has one. */
export function defaultOf(document: OpenAPI3, schema: Schema | undefined): string | undefined {
  const { default: value } = deref<{ default?: unknown }>(document, schema ?? {});
  return value === undefined ? undefined : JSON.stringify(value);
}

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
}

function range(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (least !== undefined) return `at least ${least}${unit}`;
  return most === undefined ? undefined : `at most ${most}${unit}`;
}
