import ts from "typescript";
import { readReport, type Report } from "../surface/report.ts";
import { shapeOf } from "../surface/shape.ts";
import type { Names } from "./release-record.ts";

/** What users can name of the published packages, as the reports have it: methods of a client, and types. */
export function publicNames(reports: ReadonlyMap<string, Report>): Names {
  const surfaces = [...reports.values()].map(readReport);
  const methods = surfaces.flatMap(({ declarations }) => declarations.get("Methods")?.nodes ?? []);
  const declarations = surfaces.flatMap((surface) => [...surface.declarations.values()]);
  const isType = (node: ts.Node) => !ts.isFunctionDeclaration(node) && !ts.isVariableDeclaration(node);
  return {
    operations: methods.flatMap((node) => [...(shapeOf(node)?.members.keys() ?? [])]),
    types: declarations
      .filter(({ exported, nodes }) => exported && nodes.some(isType))
      .map(({ name }) => name),
  };
}
