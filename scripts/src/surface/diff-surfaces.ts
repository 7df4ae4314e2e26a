import { findBreaks, type Pair } from "./find-breaks.ts";
import { printDeclaration, propertyPaths, stringLiterals } from "./print-declaration.ts";
import { type Declaration, memberNames, readReport, type Report, type Surface } from "./report.ts";

/** A change of the published TypeScript declarations. */
export interface SurfaceChange {
  readonly severity: "major" | "minor";
  readonly kind: "added" | "changed" | "removed";
  readonly package: string;
  /** The exported name, such as `ClientOptions`. */
  readonly path: string;
  /** Text about the change that follows the name. */
  readonly words: string;
  /** The report that shows the change: the new one, or the released one for a removed name. */
  readonly file: string;
  readonly line: number;
}

/**
 * Compares the declarations of two releases, by entry of a package. Exported names decide what was added or removed, and the
 * TypeScript compiler decides what breaks: new values must be assignable to the old types. A type that no value leads to must be
 * assignable in both directions.
 */
export function diffSurfaces(
  base: ReadonlyMap<string, Report>,
  head: ReadonlyMap<string, Report>,
): readonly SurfaceChange[] {
  const [before, after] = [surfacesOf(base), surfacesOf(head)];
  const changes: SurfaceChange[] = [];
  const pairs: Pair[] = [];
  for (const entry of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(entry), after.get(entry)];
    const name = `the entry \`${entry}\``;
    if (was === undefined || is === undefined) {
      if (was !== undefined) changes.push(removal(was.report, name));
      if (is !== undefined) changes.push(addition(is.report, name));
      continue;
    }
    for (const text of was.reexports.difference(is.reexports))
      changes.push(removal(was.report, `\`${text}\``));
    for (const text of is.reexports.difference(was.reexports))
      changes.push(addition(is.report, `\`${text}\``));
    for (const declaration of exportsOf(was)) {
      const current = is.declarations.get(declaration.name);
      if (current?.exported) pairs.push({ entry, base: declaration, head: current, report: is.report });
      else changes.push(removal(was.report, declaration.name, declaration.line));
    }
    for (const { name: added, line } of exportsOf(is))
      if (!was.declarations.get(added)?.exported) changes.push(addition(is.report, added, line));
  }
  const breaks = findBreaks(before, after, pairs);
  return [...changes, ...pairs.flatMap((pair) => changesOf(pair, breaks.get(pair)))];
}

function exportsOf({ declarations }: Surface): Declaration[] {
  return [...declarations.values()].filter(({ exported }) => exported);
}

/** Compares two declarations of a name. An equal declaration may still break, when a type that it uses changed. */
function changesOf({ base, head, report }: Pair, problem: string | undefined): SurfaceChange[] {
  const place = { package: report.package, path: head.name, file: report.file, line: head.line } as const;
  const before = new Set(base.nodes.flatMap((node) => stringLiterals(node, true)));
  const after = new Set(head.nodes.flatMap((node) => stringLiterals(node, false)));
  const mutable = new Set(base.nodes.flatMap((node) => propertyPaths(node, false)));
  const readonly = new Set(head.nodes.flatMap((node) => propertyPaths(node, true)));
  const problems = [
    ...[...mutable.intersection(readonly)].map((path) => `has made \`${path.slice(1)}\` readonly`),
    ...[...before.difference(after)].map((literal) => `no longer has the value \`${literal}\``),
    ...(problem === undefined ? [] : [`breaks existing code: ${problem}`]),
  ];
  if (problems.length > 0)
    return problems.map((words) => ({ severity: "major", kind: "changed", ...place, words }));
  if (tokensOf(base) === tokensOf(head)) return [];
  const members = [...memberNames(head).difference(memberNames(base))].map((name) => `\`${name}\``);
  const words =
    members.length > 0 ? `has new members: ${members.join(", ")}` : "has changed, and existing code compiles";
  return [{ severity: "minor", kind: "changed", ...place, words }];
}

/** The tokens of a declaration in alphabetical order. The order of members and of the types of a union does not count. */
function tokensOf({ nodes }: Declaration): string {
  const tokens = nodes.flatMap((node) => printDeclaration(node, () => true).split(/\s+/));
  return tokens
    .filter((token) => !/^[|,;]?$/.test(token))
    .toSorted()
    .join(" ");
}

function removal({ package: owner, file }: Report, path: string, line = 1): SurfaceChange {
  return { severity: "major", kind: "removed", package: owner, path, words: "is gone", file, line };
}

function addition({ package: owner, file }: Report, path: string, line = 1): SurfaceChange {
  return { severity: "minor", kind: "added", package: owner, path, words: "is new", file, line };
}

function surfacesOf(reports: ReadonlyMap<string, Report>): Map<string, Surface> {
  return new Map([...reports].map(([entry, report]) => [entry, readReport(report)]));
}
