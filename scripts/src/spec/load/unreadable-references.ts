import { escapePointer, memberOf, unescapePointer } from "../json-pointer.ts";

/**
 * Empties every reference object whose `$ref` is a cycle, leads through `null`, or is not a valid URL. Redocly fails on these.
 *
 * @returns the pointers of these objects
 */
export function cutUnreadableReferences(document: unknown): string[] {
  const cut: string[] = [];
  const walk = (node: unknown, pointer: string) => {
    if (typeof node !== "object" || node === null) return;
    if (isUnreadable(document, node)) {
      for (const name of Object.keys(node)) Reflect.deleteProperty(node, name);
      cut.push(pointer);
    }
    for (const [name, member] of Object.entries(node)) walk(member, `${pointer}/${escapePointer(name)}`);
  };
  walk(document, "#");
  return cut;
}

function isUnreadable(document: unknown, node: unknown): boolean {
  const reference = memberOf(node, "$ref");
  if (typeof reference !== "string") return false;
  return !isDecodable(reference) || leadsNowhere(document, reference);
}

function isDecodable(reference: string): boolean {
  try {
    decodeURIComponent(reference);
    return true;
  } catch {
    return false;
  }
}

function leadsNowhere(document: unknown, start: string): boolean {
  const passed = new Set<string>();
  for (let reference: unknown = start; typeof reference === "string" && reference.startsWith("#");) {
    if (passed.has(reference)) return true;
    passed.add(reference);
    let target = document;
    for (const token of reference.split("/").slice(1)) {
      if (target === null) return true;
      target = memberOf(target, unescapePointer(token));
    }
    reference = memberOf(target, "$ref");
  }
  return false;
}
