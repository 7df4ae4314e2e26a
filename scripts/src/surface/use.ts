import ts from "typescript";
import type { Declaration } from "./report.ts";
import { isSetter, parametersOf, shapeOf } from "./shape.ts";

/** What a user does with the values of a type: a member more is a gift to who reads them, and a demand on who writes them. */
export interface Use {
  readonly read: boolean;
  readonly written: boolean;
}

const READ: Use = { read: true, written: false };
const WRITTEN: Use = { read: false, written: true };
const BOTH: Use = { read: true, written: true };

/** Who reads a function's result writes its arguments. */
export const flipped = ({ read, written }: Use): Use => ({ read: written, written: read });

/** The use of a member, whose name may tell that it is sent: so openapi-typescript's `paths`, `operations` and `components`. */
export function useOfMember(path: string, use: Use): Use {
  return /^(?:paths|operations|components)\..*\b(?:parameters|requestBody|requestBodies)$/.test(path)
    ? WRITTEN
    : use;
}

/** How each type is used, by its name, or the path of a member such as `components.schemas.Pet`. */
export interface Uses {
  of(path: string): Use | undefined;
}

/**
 * Follows what is exported to every type that it is made of. Where no function leads to an interface, it is not known what users
 * do with it: it counts as read and written.
 */
export function findUses(declarations: readonly Declaration[]): Uses {
  const found = new Map<string, Use>();
  const byName = Map.groupBy(declarations, ({ name }) => name);
  const nodesAt = (path: string): readonly ts.Node[] => {
    const [name = "", ...keys] = path.split(".");
    let nodes: readonly ts.Node[] = (byName.get(name) ?? []).flatMap((declaration) => declaration.nodes);
    for (const key of keys) nodes = nodes.flatMap((node) => shapeOf(node)?.members.get(key)?.type ?? []);
    return nodes;
  };

  function mark(path: string, use: Use): void {
    const nodes = nodesAt(path);
    const known = found.get(path);
    if (nodes.length === 0 || (known && (known.read || !use.read) && (known.written || !use.written))) return;
    found.set(path, { read: known?.read || use.read, written: known?.written || use.written });
    for (const node of nodes) visit(node, use, path);
  }

  function visit(node: ts.Node, use: Use, path: string): void {
    const shape = shapeOf(node);
    if (isReference(node)) mark(nameOf(node), use);
    if (ts.isIndexedAccessTypeNode(node)) mark(pathOf(node) ?? "", use);
    else if (ts.isFunctionLike(node)) visitSignature(node, use, path);
    else if (shape && !ts.isIntersectionTypeNode(node)) {
      if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node))
        for (const clause of node.heritageClauses ?? [])
          for (const base of clause.types) visit(base, use, path);
      for (const one of shape.members.values()) {
        const { key, type, signatures } = one;
        const member = `${path}.${key}`;
        if (type) visit(type, isSetter(one) ? flipped(use) : useOfMember(member, use), member);
        for (const signature of signatures) visitSignature(signature, key === "new" ? READ : use, member);
      }
    } else ts.forEachChild(node, (child) => visit(child, use, path));
  }

  function visitSignature(signature: ts.SignatureDeclaration, use: Use, path: string): void {
    for (const { type } of parametersOf(signature).values()) if (type) visit(type, flipped(use), path);
    if (signature.type) visit(signature.type, use, path);
  }

  const isValue = ({ nodes: [node] }: Declaration) =>
    node && (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node) || ts.isClassDeclaration(node));
  const exported = declarations.filter((declaration) => declaration.exported);
  for (const { name } of exported.filter(isValue)) mark(name, READ);
  const mentioned = () => new Set([...found.keys()].map((path) => path.split(".")[0]));
  for (const { name } of exported) if (!mentioned().has(name)) mark(name, BOTH);
  return { of: (path) => found.get(path) };
}

function isReference(node: ts.Node): node is ts.TypeReferenceNode | ts.ExpressionWithTypeArguments {
  return ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node);
}

const nameOf = (node: ts.TypeReferenceNode | ts.ExpressionWithTypeArguments): string =>
  (ts.isTypeReferenceNode(node) ? node.typeName : node.expression).getText();

/** `components.schemas.Pet` for `components["schemas"]["Pet"]`. */
function pathOf(node: ts.TypeNode): string | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName.getText();
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isLiteralTypeNode(node.indexType)) return undefined;
  const owner = pathOf(node.objectType);
  return owner && ts.isStringLiteral(node.indexType.literal)
    ? `${owner}.${node.indexType.literal.text}`
    : undefined;
}
