import { escapePointer, unescapePointer } from "./json-reference.ts";

/**
 * Empties every component that is a reference which leads back to itself, in the document as it is in its file: what reads the
 * document next would not end.
 * @returns The pointers of those.
 */
export function cutCircularReferences(document: unknown): string[] {
  const cut: string[] = [];
  for (const [section, components] of entries(memberOf(document, "components"))) {
    for (const [name, component] of entries(components)) {
      if (!leadsBack(document, component)) continue;
      (components as Record<string, unknown>)[name] = {};
      cut.push(`#/components/${escapePointer(section)}/${escapePointer(name)}`);
    }
  }
  return cut;
}

function leadsBack(document: unknown, component: unknown): boolean {
  const passed = new Set<string>();
  for (let reference = referenceOf(component); reference !== undefined;) {
    if (passed.has(reference)) return true;
    passed.add(reference);
    const tokens = reference.split("/").slice(1).map(unescapePointer);
    reference = referenceOf(tokens.reduce<unknown>(memberOf, document));
  }
  return false;
}

function referenceOf(node: unknown): string | undefined {
  const reference = memberOf(node, "$ref");
  return typeof reference === "string" && reference.startsWith("#") ? reference : undefined;
}

function memberOf(node: unknown, name: string): unknown {
  return typeof node === "object" && node !== null && Object.hasOwn(node, name)
    ? (node as Record<string, unknown>)[name]
    : undefined;
}

function entries(node: unknown): [string, unknown][] {
  return typeof node === "object" && node !== null ? Object.entries(node) : [];
}
