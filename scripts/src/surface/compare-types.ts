import ts from "typescript";
import { canonical } from "./canonical.ts";
import { isSetter, type Member, parametersOf, type Shape, shapeOf, textOf } from "./shape.ts";
import { flipped, type Use, useOfMember } from "./use.ts";

/** One difference between two types. */
export interface Difference {
  readonly severity: "major" | "minor";
  readonly kind: "added" | "changed" | "removed";
  /** Where, such as `ClientOptions.timeout`. */
  readonly path: string;
  /** What happened to it, to be read after the path. */
  readonly words: string;
}

/** Where a comparison stands, and how users use the type there. */
interface Place {
  readonly path: string;
  readonly use: Use;
  readonly useAt: (path: string, inherited: Use) => Use;
}

/**
 * The differences of two types. A set of values that grows is minor where users write them, and where it grows by a literal: the
 * vendor counts a new value of an enumeration as no break. What cannot be shown to be harmless is major.
 */
export function compareTypes(base: ts.TypeNode, head: ts.TypeNode, place: Place): readonly Difference[] {
  if (textOf(base) === textOf(head)) return [];
  return orOtherwise(compareParts(base, head, place), [base], [head], place.path);
}

/** What differs in a way that no other rule tells is not known to be harmless. */
export function orOtherwise(
  found: readonly Difference[],
  base: readonly ts.Node[],
  head: readonly ts.Node[],
  path: string,
): readonly Difference[] {
  const same = () => base.map(canonical).join("\n") === head.map(canonical).join("\n");
  if (found.length > 0 || same()) return found;
  return [{ severity: "major", kind: "changed", path, words: "is declared in another way" }];
}

function compareParts(base: ts.TypeNode, head: ts.TypeNode, place: Place): readonly Difference[] {
  const [gone, come] = withoutCommon(partsOf(base), partsOf(head));
  const [was, is] = [gone[0], come[0]];
  if (was === undefined) {
    if (is === undefined) return [];
    const harmless = !place.use.read || come.every(isLiteral);
    return [difference(harmless ? "minor" : "major", `may now be \`${come.map(textOf).join(" | ")}\` too`)];
  }
  if (is && gone.length === 1 && come.length === 1) return comparePart(was, is, place);
  return [difference("major", change(base, head))];

  function difference(severity: "major" | "minor", words: string): Difference {
    return { severity, kind: "changed", path: place.path, words };
  }
}

function comparePart(base: ts.TypeNode, head: ts.TypeNode, place: Place): readonly Difference[] {
  const [was, is] = [shapeOf(base), shapeOf(head)];
  if (was && is) return compareShapes(was, is, place);
  if (ts.isFunctionTypeNode(base) && ts.isFunctionTypeNode(head)) return compareSignatures(base, head, place);
  if (ts.isArrayTypeNode(base) && ts.isArrayTypeNode(head)) {
    return compareTypes(base.elementType, head.elementType, place);
  }
  if (ts.isTypeReferenceNode(base) && ts.isTypeReferenceNode(head)) {
    const [before, after] = [base.typeArguments ?? [], head.typeArguments ?? []];
    if (textOf(base.typeName) === textOf(head.typeName) && before.length === after.length)
      return before.flatMap((type, index) => compareTypes(type, after[index] ?? type, place));
  }
  // A place that could hold nothing until now.
  const empty =
    base.kind === ts.SyntaxKind.NeverKeyword ||
    (!place.use.read &&
      /^Record<\w+, never>$/.test(textOf(base)) &&
      head.kind !== ts.SyntaxKind.NeverKeyword);
  const severity = empty ? "minor" : "major";
  return [{ severity, kind: "changed", path: place.path, words: change(base, head) }];
}

/** The differences of two types as their members. */
export function compareShapes(base: Shape, head: Shape, place: Place): readonly Difference[] {
  const members = compareMembers(base.members, head.members, place);
  const bases = (shape: Shape) => shape.bases.toSorted().join(", ");
  if (bases(base) === bases(head)) return members;
  const words = `is made of \`${bases(head)}\` where it was of \`${bases(base)}\``;
  return [{ severity: "major", kind: "changed", path: place.path, words }, ...members];
}

/** The differences of two functions. Who reads a function writes its arguments. */
export function compareSignatures(
  base: ts.SignatureDeclaration,
  head: ts.SignatureDeclaration,
  place: Place,
): readonly Difference[] {
  const generics = (signature: ts.SignatureDeclaration) =>
    (signature.typeParameters ?? []).map(textOf).join();
  if (generics(base) !== generics(head)) {
    const words = `has the type parameters <${generics(head)}> where it had <${generics(base)}>`;
    return [{ severity: "major", kind: "changed", path: place.path, words }];
  }
  const parameters = { ...place, use: flipped(place.use) };
  return [
    ...compareMembers(parametersOf(base), parametersOf(head), parameters),
    ...(base.type && head.type ? compareTypes(base.type, head.type, place) : []),
  ];
}

function compareMembers(
  base: ReadonlyMap<string, Member>,
  head: ReadonlyMap<string, Member>,
  place: Place,
): readonly Difference[] {
  const removed = [...base].filter(([name]) => !head.has(name));
  return [
    ...removed.map(([, { key }]): Difference => ({
      severity: "major",
      kind: "removed",
      path: pathTo(place, key),
      words: "is gone",
    })),
    ...[...head].flatMap(([name, member]) => {
      const before = base.get(name);
      const path = pathTo(place, member.key);
      const use = isSetter(member) ? SET : place.useAt(path, useOfMember(path, place.use));
      return before ? compareMember(before, member, { ...place, path, use }) : [addition(member, path, use)];
    }),
  ];
}

/** Whoever else uses the instances of a class, a setter is given what it sets. */
const SET: Use = { read: false, written: true };

function addition(member: Member, path: string, { written }: Use): Difference {
  const demanded = written && !member.optional && !member.key.startsWith("[") && !isComponent(path);
  return {
    severity: demanded ? "major" : "minor",
    kind: "added",
    path,
    words: demanded ? "is new, and has to be given" : "is new",
  };
}

/** A named part of an API, such as `components.schemas.Pet`. It is looked up by its name: nobody has to give all of them. */
function isComponent(path: string): boolean {
  return /^components\.[^.]+\.[^.]+$/.test(path);
}

function compareMember(base: Member, head: Member, place: Place): readonly Difference[] {
  return orOtherwise(differencesOf(base, head, place), base.nodes, head.nodes, place.path);
}

function differencesOf(base: Member, head: Member, place: Place): readonly Difference[] {
  const differences: Difference[] = [];
  const add = (severity: "major" | "minor", words: string) =>
    differences.push({ severity, kind: "changed", path: place.path, words });
  const wasNever = base.type?.kind === ts.SyntaxKind.NeverKeyword;
  if (base.optional && !head.optional) add(place.use.written ? "major" : "minor", "is no longer optional");
  if (!base.optional && head.optional)
    add(place.use.read && !wasNever ? "major" : "minor", "is now optional");
  if (!base.readonly && head.readonly) add("major", "is now readonly");
  if (base.readonly && !head.readonly) add("minor", "is no longer readonly");
  if (base.modifiers !== head.modifiers)
    add("major", `is \`${head.modifiers || "public"}\` where it was \`${base.modifiers || "public"}\``);
  if (base.type && head.type) return [...differences, ...compareTypes(base.type, head.type, place)];
  const [was, is] = [base.signatures, head.signatures];
  const [only, now] = [was[0], is[0]];
  if (only && now && was.length === 1 && is.length === 1)
    return [...differences, ...compareSignatures(only, now, constructing(head, place))];
  const [gone, come] = withoutCommon(was, is);
  if (gone.length > 0 || Boolean(base.type) !== Boolean(head.type))
    add("major", "is declared in another way");
  else if (!keepsOrder(was, is)) add("major", "is called in its ways in another order");
  else if (come.length > 0) add(place.use.written ? "major" : "minor", "can be called in one more way");
  return differences;
}

/** Whether what both have stands in the same order: of overloads, the first that fits is called. */
export function keepsOrder(base: readonly ts.Node[], head: readonly ts.Node[]): boolean {
  const before = base.map(textOf);
  const kept = head.map(textOf).filter((text) => before.includes(text));
  return kept.every((text, place) => text === before[place]);
}

/** A class is there to be constructed, whoever else uses its instances. */
const constructing = ({ key }: Member, place: Place): Place =>
  key === "new" ? { ...place, use: { read: true, written: false } } : place;

function pathTo({ path }: Place, key: string): string {
  return key.startsWith("(") ? `${path}${key}` : `${path}.${key}`;
}

function partsOf(type: ts.TypeNode): readonly ts.TypeNode[] {
  if (ts.isParenthesizedTypeNode(type)) return partsOf(type.type);
  return ts.isUnionTypeNode(type) ? type.types.flatMap(partsOf) : [type];
}

function withoutCommon<N extends ts.Node>(base: readonly N[], head: readonly N[]): [gone: N[], come: N[]] {
  const [before, after] = [new Set(base.map(textOf)), new Set(head.map(textOf))];
  return [base.filter((node) => !after.has(textOf(node))), head.filter((node) => !before.has(textOf(node)))];
}

const isLiteral = (type: ts.TypeNode): boolean =>
  ts.isLiteralTypeNode(type) && type.literal.kind !== ts.SyntaxKind.NullKeyword;

const change = (base: ts.Node, head: ts.Node): string =>
  `is \`${clipped(head)}\` where it was \`${clipped(base)}\``;

function clipped(node: ts.Node): string {
  const text = textOf(node);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
