import ts from "typescript";
import { memberNames, readReport, type Report } from "../../surface/report.ts";
import type { Names } from "./release-record.ts";

/** Lists the names that users can import from the published packages: the methods of a client, and the types. */
export function publicNames(reports: ReadonlyMap<string, Report>): Names {
  const surfaces = [...reports.values()].map(readReport);
  const declarations = surfaces.flatMap((surface) => [...surface.declarations.values()]);
  const isType = (node: ts.Node) => !ts.isFunctionDeclaration(node) && !ts.isVariableDeclaration(node);
  return {
    operations: declarations
      .filter(({ name }) => name === "Methods")
      .flatMap((each) => [...memberNames(each)]),
    types: declarations
      .filter(({ exported, nodes }) => exported && nodes.some(isType))
      .map(({ name }) => name),
  };
}
