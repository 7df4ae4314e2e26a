import ts from "typescript";
import { ToolError } from "../cli/errors.ts";

/** The report of an entry's public TypeScript surface, as API Extractor wrote it. */
export interface Report {
  /** The package that the entry belongs to. */
  readonly package: string;
  /** Where people find it, such as `etc/client.api.md`. */
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

/** What a report declares under one name. */
export interface Declaration {
  readonly name: string;
  /** Users can import it. What they cannot is there because something that they can import is made of it. */
  readonly exported: boolean;
  /** More than one for a function with overloads. */
  readonly nodes: readonly DeclarationNode[];
  /** Where it stands in the report, counted from 1. */
  readonly line: number;
}

/** What an entry declares, and what it passes on from elsewhere. */
export interface Surface {
  readonly report: Report;
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Each `export ... from`, as it is written. */
  readonly reexports: ReadonlySet<string>;
}

/** A report is Markdown around one TypeScript module, which TypeScript's own parser reads. */
export function readReport(report: Report): Surface {
  const [before = "", code] = report.text.split("```ts\n", 2);
  if (code === undefined)
    throw new ToolError(`${report.file} is no report of API Extractor's: it has no TypeScript.`);
  const source = ts.createSourceFile(report.file, code.split("\n```")[0] ?? "", ts.ScriptTarget.Latest, true);
  const firstLine = before.split("\n").length + 1;
  const declarations = new Map<string, Declaration>();
  const reexports = new Set<string>();
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) reexports.add(statement.getText());
    for (const node of declarationsIn(statement)) {
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
  return { report, declarations, reexports };
}

function declarationsIn(statement: ts.Statement): readonly DeclarationNode[] {
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
  throw new ToolError(`A report has what this cannot compare: ${statement.getText()}`);
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}
