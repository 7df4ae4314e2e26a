import { escapePointer } from "../json-pointer.ts";
import { effects, type Diagnostic } from "../diagnostic.ts";

/** Breaks cycles in a document. Bundling a $ref can create one, and JSON cannot contain it. */
export function breakCycles(document: object): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const open = new Set<object>();
  const done = new Set<object>();
  const walk = (node: object, pointer: string) => {
    open.add(node);
    for (const [name, member] of Object.entries(node) as [string, unknown][]) {
      if (typeof member !== "object" || member === null || done.has(member)) continue;
      const place = `${pointer}/${escapePointer(name)}`;
      if (!open.has(member)) walk(member, place);
      else {
        (node as Record<string, unknown>)[name] = {};
        diagnostics.push({
          pointer: place,
          message: "The $ref refers to the object that contains it.",
          effect: effects.schema,
          remedy: "Move the target of the $ref into `components`.",
        });
      }
    }
    open.delete(node);
    done.add(node);
  };
  walk(document, "#");
  return diagnostics;
}
