import type { CanonicalDocument } from "../canonical/canonical-document.ts";
import type { Schema } from "../canonical/schema-parts.ts";
import { referencesOf } from "../canonical/schema-references.ts";
import { child, type Side } from "./difference.ts";
import type { Match } from "./matches.ts";

/** A schema. `whole` is the schema with the references that both sides have, which `value` lacks. */
export type SchemaSide = Side & { readonly value: Schema; readonly whole?: Schema };

/** Replaces the references of a schema by their targets, without the references in `without`. */
export function expanded(
  document: CanonicalDocument,
  { value, pointer }: SchemaSide,
  without: ReadonlySet<string> = new Set(),
): Schema {
  if (referencesOf(value).length === 0) return value;
  return document.expand(value, pointer, without);
}

/** The schema of a side with the targets of all its references. */
export function whole(document: CanonicalDocument, side: SchemaSide): SchemaSide {
  return side.whole === undefined
    ? side
    : { ...side, value: expanded(document, { ...side, value: side.whole }) };
}

/** A member of a map of schemas. It may come from a reference that both sides have. */
export function member(document: CanonicalDocument, side: SchemaSide, keyword: string, names: Match): Side {
  const [name, otherName] = names;
  const own = child(child(side, keyword), name);
  const found = own.value === undefined ? child(child(whole(document, side), keyword), otherName) : own;
  return { ...found, owner: side.value };
}
