import ts from "typescript";

type Method = ts.MethodSignature | ts.MethodDeclaration;

/**
 * Prints a declaration for a comparison by the compiler: without comments, private members and names of parameters. Methods become
 * properties, because the compiler compares only the parameters of properties strictly. `keeps` selects the string literals of
 * unions that stay.
 */
export function printDeclaration(node: ts.Node, keeps: (literal: string) => boolean): string {
  const print = (each: ts.Node) => printDeclaration(each, keeps);
  const list = (nodes: readonly ts.Node[] | undefined, separator: string) =>
    (nodes ?? []).map(print).join(separator);
  const signature = ({ typeParameters, parameters, type }: Method, arrow: string) => {
    const generics = typeParameters === undefined ? "" : `< ${list(typeParameters, " , ")} >`;
    return `${generics} ( ${list(parameters, " , ")} ) ${arrow} ${type === undefined ? "any" : print(type)}`;
  };
  if (isPrivate(node) || node.kind === ts.SyntaxKind.OverrideKeyword || ts.isJSDoc(node)) return "";
  if (isMethod(node)) {
    const methods = methodsLike(node);
    if (methods[0] !== node) return "";
    const type =
      methods.length === 1
        ? signature(node, "=>")
        : `{ ${methods.map((method) => signature(method, ":")).join(" ; ")} }`;
    const optional = node.questionToken === undefined ? "" : "?";
    return `${list(node.modifiers, " ")} ${node.name.getText()} ${optional} : ${type} ;`;
  }
  if (ts.isUnionTypeNode(node)) {
    const kept = node.types.filter((type) => !isStringLiteral(type) || keeps(type.getText()));
    return list(kept.length > 0 ? kept : node.types, " | ");
  }
  if (ts.isParameter(node) && ts.isIdentifier(node.name) && node.name.text !== "this") {
    const { dotDotDotToken, questionToken, type } = node;
    const name = `${dotDotDotToken ? "..." : ""}p${node.parent.parameters.indexOf(node)}`;
    return `${name} ${questionToken ? "?" : ""} : ${type === undefined ? "any" : print(type)}`;
  }
  if (ts.isTypePredicateNode(node)) {
    const { parameters } = node.parent as ts.SignatureDeclaration;
    const index = parameters.findIndex(({ name }) => name.getText() === node.parameterName.getText());
    const name = index === -1 ? "this" : `p${index}`;
    return `${node.assertsModifier ? "asserts" : ""} ${name} ${node.type ? `is ${print(node.type)}` : ""}`;
  }
  const children = node.getChildren();
  return children.length === 0 ? node.getText() : list(children, " ");
}

/** The string literals of a declaration: those in unions only, or all. */
export function stringLiterals(node: ts.Node, inUnions: boolean): string[] {
  const isCounted = isStringLiteral(node) && (!inUnions || ts.isUnionTypeNode(node.parent));
  return [
    ...(isCounted ? [node.getText()] : []),
    ...node.getChildren().flatMap((child) => stringLiterals(child, inUnions)),
  ];
}

/** The paths of the properties of a declaration that are `readonly`, or of those that are not. */
export function propertyPaths(node: ts.Node, isReadonly: boolean, path = ""): string[] {
  const isProperty = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node);
  const place = isProperty ? `${path}.${node.name.getText()}` : path;
  const isMarked = isProperty && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly) !== 0;
  return [
    ...(isProperty && isMarked === isReadonly ? [place] : []),
    ...node.getChildren().flatMap((child) => propertyPaths(child, isReadonly, place)),
  ];
}

function isStringLiteral(node: ts.Node): boolean {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal);
}

function isMethod(node: ts.Node): node is Method {
  return ts.isMethodSignature(node) || ts.isMethodDeclaration(node);
}

/** The overloads of a method, itself among them. */
function methodsLike(method: Method): Method[] {
  const parent = method.parent as ts.InterfaceDeclaration | ts.ClassDeclaration;
  const isLike = (node: ts.Node): node is Method =>
    isMethod(node) && node.name.getText() === method.name.getText() && isStatic(node) === isStatic(method);
  return [...parent.members].filter(isLike);
}

const isStatic = (node: ts.Declaration) =>
  (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;

/** A private constructor stays: it forbids `new`. */
function isPrivate(node: ts.Node): boolean {
  if (!ts.isClassElement(node) || ts.isConstructorDeclaration(node)) return false;
  const isHidden =
    (ts.getCombinedModifierFlags(node) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;
  return isHidden || (node.name !== undefined && ts.isPrivateIdentifier(node.name));
}
