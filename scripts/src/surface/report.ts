import ts from "typescript";
import { ToolError } from "../cli/errors.ts";

/** The report of an entry's public TypeScript surface, as API Extractor wrote it. */
export interface Report {
  readonly package: string;
  /** The path, such as `etc/client.api.md`. */
  readonly file: string;
  readonly text: string;
}

export type DeclarationNode =
  | ts.InterfaceDeclaration
  | ts.ClassDeclaration
  | ts.TypeAliasDeclaration
  | ts.FunctionDeclaration
  | ts.VariableDeclaration
  | ts.EnumDeclaration;

export interface Declaration {
  readonly name: string;
  /** Users can import the name. A report also has the types that only exported declarations use. */
  readonly exported: boolean;
  /** More than one for a function with overloads. */
  readonly nodes: readonly DeclarationNode[];
  /** The line in the report, from 1. */
  readonly line: number;
}

export interface Surface {
  readonly report: Report;
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly imports: ReadonlySet<string>;
  readonly reexports: ReadonlySet<string>;
}

/**
 * Parses a report: Markdown with one TypeScript module.
 *
 * @throws ToolError if the text is no report, or has a statement of an unknown kind.
 */
export function readReport(report: Report): Surface {
  const [before = "", code] = report.text.split("```ts\n", 2);
  if (code === undefined)
    throw new ToolError(`${report.file} is not a report of API Extractor: it has no TypeScript block.`);
  const source = ts.createSourceFile(report.file, code.split("\n```")[0] ?? "", ts.ScriptTarget.Latest, true);
  const firstLine = before.split("\n").length + 1;
  const declarations = new Map<string, Declaration>();
  const imports = new Set<string>();
  const reexports = new Set<string>();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) imports.add(statement.getText());
    if (ts.isExportDeclaration(statement)) reexports.add(statement.getText());
    for (const node of declarationsIn(statement, report.file)) {
      const name = node.name?.getText() ?? "default";
      const known = declarations.get(name);
      declarations.set(name, {
        name,
        exported: isExported(statement),
        nodes: [...(known?.nodes ?? []), node],
        line: known?.line ?? source.getLineAndCharacterOfPosition(node.getStart()).line + firstLine,
      });
    }
  }
  return { report, declarations, imports, reexports };
}

function declarationsIn(statement: ts.Statement, file: string): readonly DeclarationNode[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations;
  if (
    ts.isInterfaceDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  ) {
    return [statement];
  }
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return [];
  throw new ToolError(`${file}: cannot compare this statement: ${statement.getText()}`);
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** The names of the members of an interface, class or enum. */
export function memberNames({ nodes }: Declaration): Set<string> {
  const members = nodes.flatMap((node) => ("members" in node ? [...node.members] : []));
  return new Set(members.map(({ name }) => name?.getText() ?? "new"));
}
