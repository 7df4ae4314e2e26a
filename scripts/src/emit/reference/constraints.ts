import type { OpenAPI3 } from "../../spec/openapi.ts";
import { deref } from "../../spec/reference.ts";
import type { Schema } from "../../model/model.ts";

/** Describes the constraints of a schema: "0 to 250". Empty if it has none. */
export function boundsOf(document: OpenAPI3, schema: Schema | undefined): string {
  const bounds = deref<Bounds>(document, schema ?? {});
  const { minLength, maxLength, minItems, maxItems, multipleOf, pattern, format } = bounds;
  return [
    ...numberBounds(bounds),
    range(minLength, maxLength, " characters"),
    range(minItems, maxItems, " items"),
    multipleOf !== undefined && `a multiple of ${multipleOf}`,
    pattern && `what matches \`${pattern}\``,
    format && `format \`${format}\``,
  ]
    .filter(Boolean)
    .join(", ");
}

function numberBounds({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
}: Bounds): (string | undefined)[] {
  const above = exclusiveBound(minimum, exclusiveMinimum);
  const below = exclusiveBound(maximum, exclusiveMaximum);
  return [
    range(
      exclusiveMinimum === true ? undefined : minimum,
      exclusiveMaximum === true ? undefined : maximum,
      "",
    ),
    above === undefined ? undefined : `above ${above}`,
    below === undefined ? undefined : `below ${below}`,
  ];
}

/** Reads an exclusive bound: a number in OpenAPI 3.1, a flag in 3.0. */
function exclusiveBound(bound: number | undefined, mark: number | boolean | undefined): number | undefined {
  if (mark === true) return bound;
  return typeof mark === "number" ? mark : undefined;
}

/** The schema's default as JSON, if it has one. */
export function defaultOf(document: OpenAPI3, schema: Schema | undefined): string | undefined {
  const { default: value } = deref<{ default?: unknown }>(document, schema ?? {});
  return value === undefined ? undefined : JSON.stringify(value);
}

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number | boolean;
  readonly exclusiveMaximum?: number | boolean;
  readonly multipleOf?: number;
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
