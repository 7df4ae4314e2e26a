import type { OpenAPI3 } from "../openapi.ts";
import { at, isNode, type Node, type Position, positionsWithin, type Shape } from "../document-shapes.ts";
import { escapePointer, memberOf } from "../json-pointer.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { deref } from "../reference.ts";
import { fits } from "./fits.ts";

/**
 * Removes the examples that do not fit their schemas, so that no docstring contains code that does not compile. Changes the document.
 *
 * @returns The removed examples.
 */
export function checkExamples(document: OpenAPI3, shapes: readonly Shape[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const remove = (holder: Node, key: string, pointer: string) => {
    Reflect.deleteProperty(holder, key);
    diagnostics.push({
      pointer: `${pointer}/${key}`,
      message: "The example does not fit its schema.",
      effect: "It is not used in docstrings and the reference.",
      remedy: "Correct the example or the schema.",
    });
  };
  const check = (node: Node, schema: unknown, pointer: string, isSchema: boolean): void => {
    const { example, examples } = node;
    if (example !== undefined && !fits(document, schema, example)) remove(node, "example", pointer);
    if (examples === undefined) return;
    const values = isSchema
      ? Array.isArray(examples)
        ? examples
        : []
      : Object.values(isNode(examples) ? examples : {}).map((each) =>
          memberOf(deref(document, each), "value"),
        );
    if (values.some((value) => value !== undefined && !fits(document, schema, value)))
      remove(node, "examples", pointer);
  };
  const visit = (position: Position, pointer: string): void => {
    const node = at(position);
    if (!isNode(node)) return;
    const { shape } = position;
    const schema = shape === "schema" ? node : node["schema"];
    if (shapes.includes(shape) && schema !== undefined) check(node, schema, pointer, shape === "schema");
    for (const within of positionsWithin(node, shape)) {
      if (within.shape === "schema" && !shapes.includes("schema")) continue;
      const step = within.holder === node ? "" : `/${escapePointer(within.keyword)}`;
      visit(within, `${pointer}${step}/${escapePointer(within.key)}`);
    }
  };
  const root: object = document;
  visit({ holder: { root }, key: "root", shape: "document", keyword: "" }, "#");
  return diagnostics;
}
