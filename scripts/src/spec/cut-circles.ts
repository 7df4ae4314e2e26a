import { escapePointer } from "./json-pointer.ts";
import { effects, type Omission } from "./omission.ts";

/** Empties what an object holds of what holds it: a $ref that was replaced by what it names can make such a document, and no JSON can hold it. */
export function cutCircles(document: object): Omission[] {
  const omissions: Omission[] = [];
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
        omissions.push({
          pointer: place,
          message: "The $ref names what it stands in.",
          effect: effects.schema,
          remedy: "Make a component of what it names.",
        });
      }
    }
    open.delete(node);
    done.add(node);
  };
  walk(document, "#");
  return omissions;
}
