import ts from "typescript";
import { compileChecks } from "./compile-checks.ts";
import { printDeclaration, stringLiterals } from "./print-declaration.ts";
import type { Declaration, DeclarationNode, Report, Surface } from "./report.ts";

/** A name that an entry exports in both releases. */
export interface Pair {
  readonly entry: string;
  readonly base: Declaration;
  readonly head: Declaration;
  readonly report: Report;
}

type Surfaces = ReadonlyMap<string, Surface>;

/**
 * Types that openapi-typescript generates. `spec:diff` rates them: it knows which schemas are sent and which are returned.
 * https://openapi-ts.dev/introduction
 */
const specTypes = new Set(["paths", "webhooks", "components", "operations", "$defs"]);

/**
 * Asks the TypeScript compiler which exports break existing code. A new value must be assignable to the type of the old one; so
 * must the instances of a class. A type that no value leads to must be assignable in both directions.
 *
 * @returns The compiler's explanation for each break.
 */
export function findBreaks(base: Surfaces, head: Surfaces, pairs: readonly Pair[]): Map<Pair, string> {
  const reached = namesReachedByValues([...base.values(), ...head.values()]);
  const entries = [...base.keys()].filter((entry) => head.has(entry));
  const checks = pairs.flatMap((pair) =>
    checksOf(pair, entries.indexOf(pair.entry), reached).map((line) => ({ pair, line })),
  );
  const imports = entries.flatMap((_, index) =>
    ["base", "head"].map((side) => `import type * as ${side}${index} from "/${side}/${index}";`),
  );
  const problems = compileChecks(
    {
      code: new Map(
        entries.flatMap((entry, index) => [
          [`/base/${index}`, codeOf(base.get(entry))],
          [`/head/${index}`, codeOf(head.get(entry), base.get(entry))],
        ]),
      ),
      resolve(specifier, from) {
        const index = entries.findIndex((entry) => head.get(entry)?.report.package === specifier);
        return index === -1 ? undefined : `${from.slice(0, "/base".length)}/${index}`;
      },
    },
    [...imports, ...markers].join(" "),
    checks.map(({ line }) => line),
  );
  const breaks = new Map<Pair, string>();
  for (const [index, { pair }] of checks.entries()) {
    const problem = problems[index];
    if (problem !== undefined && !breaks.has(pair)) breaks.set(pair, problem);
  }
  return breaks;
}

/** The arguments of generic types: types that are assignable to nothing but themselves. */
const markers = ["A", "B", "C"].map((name) => `interface ${name} { readonly is: "${name}" }`);

/** Writes a line for each condition that a pair must satisfy. */
function checksOf({ base, head }: Pair, index: number, reached: ReadonlySet<string>): string[] {
  const assign = (from: string, to: string) => `export const check = (value: ${from}): ${to} => value;`;
  const lines: string[] = [];
  const { name } = head;
  if (isValue(base)) lines.push(assign(`typeof head${index}.${name}`, `typeof base${index}.${name}`));
  if (isType(base) && !specTypes.has(name)) {
    const [old, current] = [
      `base${index}.${name}${argumentsOf(base)}`,
      `head${index}.${name}${argumentsOf(base)}`,
    ];
    const isReached = reached.has(name);
    if (isValue(base) || !isReached) lines.push(assign(current, old));
    if (!isValue(base) && !isReached) lines.push(assign(old, current));
  }
  return lines.map((line) => line.replace("check", `check${index}_${name}_${lines.indexOf(line)}`));
}

function isValue({ nodes }: Declaration): boolean {
  return nodes.some((node) => !ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node));
}

function isType({ nodes }: Declaration): boolean {
  return nodes.some((node) => !ts.isFunctionDeclaration(node) && !ts.isVariableDeclaration(node));
}

/** Type arguments for a generic type. A constrained parameter gets `any`. */
function argumentsOf({ nodes: [node] }: Declaration): string {
  const parameters = node !== undefined && "typeParameters" in node ? [...(node.typeParameters ?? [])] : [];
  if (parameters.length === 0) return "";
  return `<${parameters.map(({ constraint }, index) => (constraint ? "any" : ("ABC"[index] ?? "any"))).join(", ")}>`;
}

/** The code of an entry, without the string literals that `former` lacks: the vendor calls a new value of an enum non-breaking. */
function codeOf(surface: Surface | undefined, former?: Surface): string {
  if (surface === undefined) return "";
  const declarations = [...surface.declarations.values()].flatMap(({ name, nodes }) => {
    const known = former?.declarations.get(name)?.nodes.flatMap((node) => stringLiterals(node, false));
    return nodes.map((node) =>
      printDeclaration(statementOf(node), (literal) => known?.includes(literal) ?? true),
    );
  });
  return [...surface.imports, ...surface.reexports, ...declarations].join("\n");
}

function statementOf(node: DeclarationNode): ts.Node {
  return ts.isVariableDeclaration(node) ? node.parent.parent : node;
}

/** The names of the types that values lead to. */
function namesReachedByValues(surfaces: readonly Surface[]): Set<string> {
  const declarations = surfaces.flatMap((surface) => [...surface.declarations.values()]);
  const values = declarations.filter((declaration) => declaration.exported && isValue(declaration));
  const reached = new Set(values.flatMap(({ nodes }) => nodes.flatMap(namesIn)));
  for (const name of reached) {
    for (const declaration of declarations)
      if (declaration.name === name) for (const each of declaration.nodes.flatMap(namesIn)) reached.add(each);
  }
  return reached;
}

function namesIn(node: ts.Node): string[] {
  if (ts.isIdentifier(node)) return [node.text];
  return node.getChildren().flatMap(namesIn);
}
