import ts from "typescript";
import {
  compareShapes,
  compareSignatures,
  compareTypes,
  type Difference,
  keepsOrder,
  orOtherwise,
} from "./compare-types.ts";
import { type Declaration, type DeclarationNode, readReport, type Report, type Surface } from "./report.ts";
import { shapeOf, textOf } from "./shape.ts";
import { findUses, type Use } from "./use.ts";

/** A change of what users import, as TypeScript sees it. */
export interface SurfaceChange extends Difference {
  readonly package: string;
  /** The report where it can be seen: today's, or the released one for what is gone. */
  readonly file: string;
  readonly line: number;
}

/** What changed between the reports of the last release and today's, by the names of their entries. */
export function diffSurfaces(
  base: ReadonlyMap<string, Report>,
  head: ReadonlyMap<string, Report>,
): readonly SurfaceChange[] {
  const [before, after] = [surfacesOf(base), surfacesOf(head)];
  const all = [...after.values(), ...before.values()].flatMap((one) => [...one.declarations.values()]);
  const uses = findUses(all);
  const useAt = (path: string, inherited: Use) => uses.of(path) ?? inherited;
  const changes: SurfaceChange[] = [];
  const exports = new Set([...after.values()].flatMap((surface) => exportsOf(surface)));
  for (const entry of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(entry), after.get(entry)];
    if (was && is) changes.push(...compareSurfaces(was, is, useAt, exports));
    else changes.push(...wholeEntry(entry, was, is));
  }
  return changes;
}

type UseAt = (path: string, inherited: Use) => Use;

/** What can be imported from an entry, by its package. */
function exportsOf({ report, declarations }: Surface): readonly string[] {
  return [...declarations.values()]
    .filter(({ exported }) => exported)
    .map(({ name }) => `${report.package} ${name}`);
}

function compareSurfaces(
  base: Surface,
  head: Surface,
  useAt: UseAt,
  exports: ReadonlySet<string>,
): readonly SurfaceChange[] {
  const names = new Set([...base.declarations.keys(), ...head.declarations.keys()]);
  const reexports = [...base.reexports].filter((text) => !head.reexports.has(text));
  return [
    ...reexports.map((text) => located(base, undefined, removal(`\`${text}\``))),
    ...[...head.reexports]
      .filter((text) => !base.reexports.has(text))
      .map((text) => located(head, undefined, novelty(`\`${text}\``))),
    ...[...names].flatMap((name) => {
      const [was, is] = [base.declarations.get(name), head.declarations.get(name)];
      if (!is?.exported && was?.exported) return [located(base, was, removal(name))];
      if (is?.exported && !was?.exported) return [located(head, is, novelty(name))];
      // What cannot be imported comes and goes with what is made of it.
      if (!was || !is) return [];
      // What another entry of the package exports is told there.
      if (!is.exported && exports.has(`${head.report.package} ${name}`)) return [];
      return compareDeclarations(was, is, useAt).map((difference) => located(head, is, difference));
    }),
  ];
}

function compareDeclarations(base: Declaration, head: Declaration, useAt: UseAt): readonly Difference[] {
  return orOtherwise(differencesOf(base, head, useAt), base.nodes, head.nodes, head.name);
}

function differencesOf(base: Declaration, head: Declaration, useAt: UseAt): readonly Difference[] {
  const texts = (declaration: Declaration) => declaration.nodes.map(textOf);
  const [before, after] = [texts(base), texts(head)];
  if (before.join("\n") === after.join("\n")) return [];
  const path = head.name;
  const changed = (severity: "major" | "minor", words: string): Difference[] => [
    { severity, kind: "changed", path, words },
  ];
  const [was, is] = [base.nodes[0], head.nodes[0]];
  if (base.nodes.length > 1 || head.nodes.length > 1 || !was || !is) {
    if (!before.every((text) => after.includes(text)))
      return changed("major", "can no longer be called in each of the ways it could");
    return keepsOrder(base.nodes, head.nodes)
      ? changed("minor", "can be called in one more way")
      : changed("major", "is called in its ways in another order");
  }
  if (headOf(was) !== headOf(is))
    return changed("major", `is \`${headOf(is)}\` where it was \`${headOf(was)}\``);
  const place = { path, use: useAt(path, { read: true, written: false }), useAt };
  const [wasShape, isShape] = [shapeOf(was), shapeOf(is)];
  if (wasShape && isShape) return compareShapes(wasShape, isShape, place);
  if (ts.isFunctionDeclaration(was) && ts.isFunctionDeclaration(is)) return compareSignatures(was, is, place);
  const [wasType, isType] = [was, is].map((node) => ("type" in node ? node.type : undefined));
  if (wasType && isType) return compareTypes(wasType, isType, place);
  return changed("major", `is \`${textOf(is)}\` where it was \`${textOf(was)}\``);
}

/** What a declaration begins with: `interface Page<Item>`. */
function headOf(node: DeclarationNode): string {
  const keyword = ts.isVariableDeclaration(node)
    ? "const"
    : ts.tokenToString(node.getChildren().find(({ kind }) => keywords.has(kind))?.kind ?? 0);
  const generics = "typeParameters" in node && node.typeParameters ? node.typeParameters.map(textOf) : [];
  const isAbstract = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract) !== 0;
  const kind = isAbstract ? `abstract ${keyword}` : keyword;
  const name = node.name?.getText() ?? "default";
  // A function's type parameters are compared with the rest of its signature.
  return generics.length > 0 && !ts.isFunctionDeclaration(node)
    ? `${kind} ${name}<${generics.join(", ")}>`
    : `${kind} ${name}`;
}

const keywords = new Set([
  ts.SyntaxKind.InterfaceKeyword,
  ts.SyntaxKind.ClassKeyword,
  ts.SyntaxKind.TypeKeyword,
  ts.SyntaxKind.FunctionKeyword,
  ts.SyntaxKind.EnumKeyword,
]);

function wholeEntry(entry: string, base: Surface | undefined, head: Surface | undefined): SurfaceChange[] {
  const name = `the entry \`${entry}\``;
  if (head) return [located(head, undefined, novelty(name))];
  return base ? [located(base, undefined, removal(name))] : [];
}

const removal = (path: string): Difference => ({
  severity: "major",
  kind: "removed",
  path,
  words: "is gone",
});
const novelty = (path: string): Difference => ({ severity: "minor", kind: "added", path, words: "is new" });

function located(
  surface: Surface,
  declaration: Declaration | undefined,
  difference: Difference,
): SurfaceChange {
  const { package: owner, file } = surface.report;
  return { ...difference, package: owner, file, line: declaration?.line ?? 1 };
}

function surfacesOf(reports: ReadonlyMap<string, Report>): Map<string, Surface> {
  return new Map([...reports].map(([entry, report]) => [entry, readReport(report)]));
}
