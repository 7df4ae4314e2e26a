import ts from "typescript";
import { keyOf } from "./shape.ts";

/**
 * What a node declares, in a form that two nodes have in common only where they differ in nothing that users could notice: layout and
 * comments, the order of members and of a union's parts, the names of parameters, the keyword `override`.
 */
export function canonical(node: ts.Node): string {
  if (ts.isParenthesizedTypeNode(node)) return canonical(node.type);
  const children = node.getChildren().filter((child) => !isSilent(child, node));
  if (children.length === 0) return node.getText();
  return `${ts.SyntaxKind[node.kind]}(${children.map((child) => canonicalPart(child, node)).join(" ")})`;
}

function canonicalPart(child: ts.Node, parent: ts.Node): string {
  if (child.kind !== ts.SyntaxKind.SyntaxList) return canonical(child);
  const items = child.getChildren().filter((item) => !isSeparator(item, parent) && !isOverride(item));
  const inOrder = hasMembers(parent) ? items.toSorted(byKey) : items;
  const texts = inOrder.map(canonical);
  return `[${(isUnordered(parent) ? texts.toSorted() : texts).join(" ")}]`;
}

const isUnordered = (node: ts.Node): boolean =>
  ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node) || ts.isHeritageClause(node);

const hasMembers = (node: ts.Node): boolean =>
  ts.isTypeLiteralNode(node) || ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node);

/** Overloads keep their order: the first that fits is the one that is called. */
function byKey(one: ts.Node, other: ts.Node): number {
  const [before, after] = [one, other].map((node) =>
    ts.isTypeElement(node) || ts.isClassElement(node) ? keyOf(node) : "",
  );
  return (before ?? "") < (after ?? "") ? -1 : before === after ? 0 : 1;
}

function isSilent(child: ts.Node, parent: ts.Node): boolean {
  if (ts.isParameter(parent) && child === parent.name) return true;
  return (
    ts.isJSDoc(child) ||
    child.kind === ts.SyntaxKind.SemicolonToken ||
    child.kind === ts.SyntaxKind.CommaToken ||
    isOverride(child) ||
    (child.kind === ts.SyntaxKind.SyntaxList &&
      child.getChildCount() > 0 &&
      child.getChildren().every(isOverride))
  );
}

const isOverride = ({ kind }: ts.Node): boolean => kind === ts.SyntaxKind.OverrideKeyword;

function isSeparator({ kind }: ts.Node, parent: ts.Node): boolean {
  return (
    kind === ts.SyntaxKind.SemicolonToken ||
    kind === ts.SyntaxKind.CommaToken ||
    (isUnordered(parent) && (kind === ts.SyntaxKind.BarToken || kind === ts.SyntaxKind.AmpersandToken))
  );
}
