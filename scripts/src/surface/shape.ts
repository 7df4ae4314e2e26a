import ts from "typescript";

/** A member of a type, or a parameter of a function. */
export interface Member {
  /** What it is told by: a name, or a word for a signature without one. */
  readonly key: string;
  readonly optional: boolean;
  readonly readonly: boolean;
  /** What else is said before its name: who may use it, and how. */
  readonly modifiers: string;
  /** Undefined for what has signatures. */
  readonly type: ts.TypeNode | undefined;
  /** More than one for overloads. */
  readonly signatures: readonly ts.SignatureDeclaration[];
  /** Where it is declared: more than one for overloads. */
  readonly nodes: readonly ts.Node[];
}

/** A type as its members, and the other types that it is made of. */
export interface Shape {
  readonly bases: readonly string[];
  readonly members: ReadonlyMap<string, Member>;
}

const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: true });

/** The source of a node: without comments, on one line. */
export function textOf(node: ts.Node): string {
  return printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replaceAll(/\s+/g, " ");
}

/** Undefined for a type that does not consist of members. */
export function shapeOf(node: ts.Node): Shape | undefined {
  if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) {
    const bases = (node.heritageClauses ?? []).flatMap((clause) => clause.types.map(textOf));
    return { bases, members: membersOf(node.members) };
  }
  if (ts.isParenthesizedTypeNode(node)) return shapeOf(node.type);
  if (ts.isTypeLiteralNode(node)) return { bases: [], members: membersOf(node.members) };
  if (!ts.isIntersectionTypeNode(node)) return undefined;
  const literals = node.types.filter(ts.isTypeLiteralNode);
  return {
    bases: node.types.filter((type) => !ts.isTypeLiteralNode(type)).map(textOf),
    members: membersOf(literals.flatMap((literal) => [...literal.members])),
  };
}

/** A function's parameters, by their places. */
export function parametersOf({ parameters }: ts.SignatureDeclaration): ReadonlyMap<string, Member> {
  return new Map(
    parameters.map((parameter, place) => [
      `parameter ${place + 1}`,
      {
        key: `(${parameter.name.getText()})`,
        optional: parameter.questionToken !== undefined || parameter.dotDotDotToken !== undefined,
        readonly: false,
        modifiers: "",
        type: parameter.type,
        signatures: [],
        nodes: [parameter],
      },
    ]),
  );
}

export const isSetter = ({ nodes: [node] }: Member): boolean => node !== undefined && ts.isSetAccessor(node);

type Element = ts.TypeElement | ts.ClassElement;

function membersOf(elements: readonly Element[]): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const element of elements) {
    const modifiers = ts.canHaveModifiers(element) ? (ts.getModifiers(element) ?? []) : [];
    const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind);
    const key = (has(ts.SyntaxKind.StaticKeyword) ? "static " : "") + keyOf(element);
    const known = members.get(key);
    members.set(key, {
      key,
      // Nobody has to set what can be set.
      optional:
        ts.isSetAccessor(element) || ("questionToken" in element && element.questionToken !== undefined),
      readonly: has(ts.SyntaxKind.ReadonlyKeyword),
      modifiers: modifiers
        .filter(({ kind }) => !apart.has(kind))
        .map(textOf)
        .toSorted()
        .join(" "),
      type: typeOf(element),
      signatures: isSignature(element) ? [...(known?.signatures ?? []), element] : [],
      nodes: [...(known?.nodes ?? []), element],
    });
  }
  return members;
}

/** `static` and `readonly` are part of a member in another way, and `override` changes nothing for users. */
const apart = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.StaticKeyword,
  ts.SyntaxKind.ReadonlyKeyword,
  ts.SyntaxKind.OverrideKeyword,
]);

/** A getter and a setter of one name are two members: either may come or go. */
export function keyOf(element: Element): string {
  if (ts.isSetAccessor(element)) return `set ${element.name.getText()}`;
  if (element.name) return ts.isStringLiteral(element.name) ? element.name.text : element.name.getText();
  if (ts.isConstructorDeclaration(element) || ts.isConstructSignatureDeclaration(element)) return "new";
  return ts.isIndexSignatureDeclaration(element) ? `[${textOf(element.parameters[0] ?? element)}]` : "()";
}

function typeOf(element: Element): ts.TypeNode | undefined {
  if (ts.isSetAccessor(element)) return element.parameters[0]?.type;
  return ts.isPropertySignature(element) ||
    ts.isPropertyDeclaration(element) ||
    ts.isIndexSignatureDeclaration(element) ||
    ts.isGetAccessorDeclaration(element)
    ? element.type
    : undefined;
}

function isSignature(element: Element): element is Element & ts.SignatureDeclaration {
  return (
    ts.isMethodSignature(element) ||
    ts.isMethodDeclaration(element) ||
    ts.isConstructorDeclaration(element) ||
    ts.isConstructSignatureDeclaration(element) ||
    ts.isCallSignatureDeclaration(element)
  );
}
