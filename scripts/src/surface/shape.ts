import ts from "typescript";

/** A member of a type, or a parameter of a function. */
export interface Member {
  /** What it is told by: a name, or a word for a signature without one. */
  readonly key: string;
  readonly optional: boolean;
  readonly readonly: boolean;
  /** Undefined for what has signatures. */
  readonly type: ts.TypeNode | undefined;
  /** More than one for overloads. */
  readonly signatures: readonly ts.SignatureDeclaration[];
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
        type: parameter.type,
        signatures: [],
      },
    ]),
  );
}

type Element = ts.TypeElement | ts.ClassElement;

function membersOf(elements: readonly Element[]): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const element of elements) {
    const modifiers = ts.canHaveModifiers(element) ? (ts.getModifiers(element) ?? []) : [];
    const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind);
    const key = (has(ts.SyntaxKind.StaticKeyword) ? "static " : "") + keyOf(element);
    members.set(key, {
      key,
      optional: "questionToken" in element && element.questionToken !== undefined,
      readonly: has(ts.SyntaxKind.ReadonlyKeyword),
      type: typeOf(element),
      signatures: isSignature(element) ? [...(members.get(key)?.signatures ?? []), element] : [],
    });
  }
  return members;
}

function keyOf(element: Element): string {
  if (element.name) return ts.isStringLiteral(element.name) ? element.name.text : element.name.getText();
  if (ts.isConstructorDeclaration(element) || ts.isConstructSignatureDeclaration(element)) return "new";
  return ts.isIndexSignatureDeclaration(element) ? `[${textOf(element.parameters[0] ?? element)}]` : "()";
}

function typeOf(element: Element): ts.TypeNode | undefined {
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
