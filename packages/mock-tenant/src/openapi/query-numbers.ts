import type { Operation } from "openapi-backend";
import type { Finding } from "../finding.ts";

/** Decimal notation of each JSON Schema number type, by https://www.rfc-editor.org/rfc/rfc8259#section-6. */
const NOTATIONS: ReadonlyMap<unknown, RegExp> = new Map([
  ["integer", /^-?\d+$/],
  ["number", /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/],
]);

/** Finds number parameters in a notation that JavaScript accepts but JSON does not: `0x10`, or a space before the digits. */
export function misspeltNumbers(
  { parameters = [] }: Operation,
  query: Readonly<Record<string, string | readonly string[]>>,
): Finding[] {
  return parameters.flatMap((parameter) => {
    if (!("in" in parameter) || parameter.in !== "query") return [];
    const { name, schema } = parameter;
    const type = schema !== undefined && "type" in schema ? schema.type : undefined;
    const text = query[name];
    const misspelt = typeof text === "string" && NOTATIONS.get(type)?.test(text) === false;
    return misspelt ? [{ instancePath: `/query/${name}`, message: `must be ${type}`, params: {} }] : [];
  });
}
