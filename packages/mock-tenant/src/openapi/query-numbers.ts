import type { Operation } from "openapi-backend";
import type { ValidationError } from "../validation-error.ts";

/** Decimal notation of each JSON Schema number type, by https://www.rfc-editor.org/rfc/rfc8259#section-6. */
const NOTATIONS: ReadonlyMap<unknown, RegExp> = new Map([
  ["integer", /^-?\d+$/],
  ["number", /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/],
]);

/** Finds number parameters that JavaScript would accept but the type does not allow: `0x10`, or a space before the digits. */
export function misspeltNumbers(
  { parameters = [] }: Operation,
  query: Readonly<Record<string, string | readonly string[]>>,
): ValidationError[] {
  return parameters.flatMap((parameter) => {
    if (!("in" in parameter) || parameter.in !== "query") return [];
    const { name, schema } = parameter;
    const type = schema !== undefined && "type" in schema ? schema.type : undefined;
    const text = query[name];
    const misspelt = typeof text === "string" && NOTATIONS.get(type)?.test(text) === false;
    return misspelt ? [{ instancePath: `/query/${name}`, message: `must be ${type}`, params: {} }] : [];
  });
}
