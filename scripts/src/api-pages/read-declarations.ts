import ts from "typescript";

/** A docstring: its text, and its tags. */
export interface Docs {
  readonly text: string;
  /** The value of `@default`. */
  readonly default: string | undefined;
  readonly examples: readonly string[];
  /** The texts of `@throws`. */
  readonly throws: readonly string[];
}

/** A public member of a class or an interface. */
export interface Member extends Docs {
  readonly name: string;
  /** The type of a property, or the signature of a method. */
  readonly type: string;
  readonly optional: boolean;
}

/** An exported declaration. */
export interface Declaration extends Docs {
  readonly name: string;
  /** The signature of a function, or the right-hand side of a type alias. Empty for a class or an interface. */
  readonly type: string;
  /** The types after `extends`. */
  readonly bases: readonly string[];
  readonly members: readonly Member[];
}

/** Reads the exported declarations of a module, in its order. */
export function readDeclarations(path: string, text: string): Declaration[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const listed = new Set(source.statements.flatMap(exportedNames));
  return source.statements.filter(isDeclaration).flatMap((node) => {
    const name = node.name?.text ?? "";
    const isExported =
      listed.has(name) || node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported === true ? [{ name, ...docsOf(node), ...contentOf(node) }] : [];
  });
}

type DeclarationNode =
  ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.FunctionDeclaration;

function isDeclaration(node: ts.Node): node is DeclarationNode {
  return (
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isFunctionDeclaration(node)
  );
}

/** The names in `export { a, type b }`. */
function exportedNames(node: ts.Statement): string[] {
  if (!ts.isExportDeclaration(node) || node.exportClause === undefined) return [];
  return ts.isNamedExports(node.exportClause) ? node.exportClause.elements.map(({ name }) => name.text) : [];
}

function contentOf(node: DeclarationNode): Pick<Declaration, "type" | "bases" | "members"> {
  if (ts.isFunctionDeclaration(node)) return { type: signatureOf(node), bases: [], members: [] };
  if (ts.isTypeAliasDeclaration(node)) return { type: textOf(node.type), bases: [], members: [] };
  return {
    type: "",
    bases: (node.heritageClauses ?? []).flatMap(({ types }) => types.map(textOf)),
    members: (node.members as ts.NodeArray<ts.ClassElement | ts.TypeElement>).flatMap(memberOf),
  };
}

/** Reads a member that users read: a property or a method, which is neither static nor replaces the one of a base. */
function memberOf(node: ts.ClassElement | ts.TypeElement): Member[] {
  const isMethod = ts.isMethodSignature(node) || ts.isMethodDeclaration(node);
  const isProperty = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node);
  const hidden = ts.ModifierFlags.Static | ts.ModifierFlags.Private | ts.ModifierFlags.Override;
  if ((!isMethod && !isProperty) || (ts.getCombinedModifierFlags(node) & hidden) !== 0) return [];
  const optional = node.questionToken !== undefined;
  const type = isMethod ? signatureOf(node) : textOf(node.type);
  // An optional option may also be undefined, so that a caller can pass on an optional value of its own.
  return [
    {
      name: node.name.getText(),
      ...docsOf(node),
      optional,
      type: optional ? type.replace(/ \| undefined$/, "") : type,
    },
  ];
}

function signatureOf(node: ts.SignatureDeclaration): string {
  const generics = node.typeParameters === undefined ? "" : `<${node.typeParameters.map(textOf).join(", ")}>`;
  const parameters = node.parameters.map(textOf).join(", ");
  return `${node.name?.getText() ?? ""}${generics}(${parameters}): ${textOf(node.type)}`;
}

/** Returns the text of a node in one line. The bundler renames imports that clash: `Client$1`. */
function textOf(node: ts.Node | undefined): string {
  return (node?.getText() ?? "any")
    .replaceAll(/\/\*\*[^]*?\*\//g, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\$\d+\b/g, "");
}

function docsOf(node: ts.Node): Docs {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = comment?.tags ?? [];
  const textsOf = (name: string) => tags.filter(({ tagName }) => tagName.text === name).map(textOfTag);
  return {
    text: ts.getTextOfJSDocComment(comment?.comment)?.trim() ?? "",
    default: textsOf("default")[0],
    examples: tags.filter(({ tagName }) => tagName.text === "example").map(exampleOf),
    throws: textsOf("throws"),
  };
}

/** Reads an example from the source, because the parsed comment of a tag with a title has no indentation. */
function exampleOf(tag: ts.JSDocTag): string {
  const lines = tag
    .getText()
    .replace(/^@example */, "")
    .split("\n");
  return lines
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .trim();
}

/** `@throws {Name} when …` has a type. */
function textOfTag(tag: ts.JSDocTag): string {
  const comment = ts.getTextOfJSDocComment(tag.comment)?.trim() ?? "";
  const type = ts.isJSDocThrowsTag(tag) ? tag.typeExpression?.type.getText() : undefined;
  return type === undefined ? comment : `${type} ${comment}`;
}
