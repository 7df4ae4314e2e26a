import {
  type Document,
  getAstNodeByPointer,
  getLineColLocation,
  type NormalizedProblem,
  parseYaml,
  type ResolveError,
  type YamlParseError,
} from "@redocly/openapi-core";
import { shownPath } from "../../cli/shown-path.ts";
import type { Place, Problem } from "../diagnostic.ts";
import { escapePointer, memberOf, tokensOf } from "../json-pointer.ts";

/**
 * The rules without which the output would be wrong. Matters of taste belong to `pnpm spec:lint`.
 * https://redocly.com/docs/cli/rules
 */
export const remedies: Record<string, string> = {
  struct: "Write it as the OpenAPI Specification defines this object.",
  "no-unresolved-refs": "Add the target of the $ref, or correct the $ref.",
  "operation-operationId-unique": "Give each operation a unique operationId. It becomes the method's name.",
  "path-parameters-defined": "Declare every name in braces as a parameter with `in: path`, and no other.",
  "operation-parameters-unique": "Declare each parameter of an operation once.",
  "no-identical-paths": "Keep one of the paths, or let them differ in more than a parameter's name.",
  "no-undefined-server-variable": "Declare the variable under the server's `variables`.",
};

/** The effect of each problem on the output. */
const lintEffects: Record<string, string> = {
  struct: "The value is ignored.",
  "no-unresolved-refs": "It is treated as an empty object.",
  "operation-operationId-unique": "The method of the later operation gets another name.",
  "path-parameters-defined":
    "A name in braces without a parameter is a string. A parameter without a name in braces is left out.",
  "operation-parameters-unique": "The last declaration is used.",
  "no-identical-paths": "Both paths get methods.",
  "no-undefined-server-variable": "The URL keeps its braces.",
};

const syntaxRemedy = "Fix the syntax on this line or just above it: indentation, a colon or a quote.";

/** In OpenAPI 3.0, `nullable` without `type` has no effect: https://spec.openapis.org/oas/v3.0.3#fixed-fields-20 */
export function isWithoutEffect({ ruleId, message }: NormalizedProblem): boolean {
  return ruleId === "struct" && message.includes("`nullable`") && message.includes("`type`");
}

export function locate({ source }: Pick<Document, "source">, pointer: string, onKey = true): Place {
  const { tree, lineStarts } = indexOf(source);
  // A pointer into the target of a $ref is not in the source. The place is then that of the nearest parent.
  const position = getAstNodeByPointer(tree, encoded(pointer), onKey)?.startPosition ?? 0;
  const next = lineStarts.findIndex((start) => start > position);
  const line = next === -1 ? lineStarts.length : next;
  const column = position - (lineStarts[line - 1] ?? 0) + 1;
  return { file: shownPath(source.absoluteRef), line, column, pointer };
}

interface SourceIndex {
  readonly tree: Parameters<typeof getAstNodeByPointer>[0];
  readonly lineStarts: readonly number[];
}

/** The syntax tree of each source, and the position of every line. Redocly's own look-up counts all lines for every place. */
const indexes = new WeakMap<Document["source"], SourceIndex>();

function indexOf(source: Document["source"]): SourceIndex {
  const known = indexes.get(source);
  if (known !== undefined) return known;
  // Redocly's look-up parses the source. After that, the source has the tree, and calls no parser.
  getLineColLocation({ source, pointer: "#/" });
  const tree = source.getAst(() => ({}) as never) as SourceIndex["tree"];
  const lineStarts = [0, ...Array.from(source.body.matchAll(/\n/g), ({ index }) => index + 1)];
  const index = { tree, lineStarts };
  indexes.set(source, index);
  return index;
}

/** Percent-encodes a pointer, because Redocly decodes it. */
function encoded(pointer: string): string {
  return pointer.replaceAll("%", "%25");
}

/** The parsed sources. A source with many problems is parsed once. */
const parsed = new WeakMap<Document["source"], unknown>();

/** Returns the node at a pointer or its nearest parent: a rule may point at a missing node. */
function nearestNode(
  pointer: string,
  source: Document["source"],
): { pointer: string; ref: string | undefined } {
  let node = parsed.get(source) ?? parseYaml(source.body);
  parsed.set(source, node);
  let found = "#";
  for (const token of tokensOf(pointer)) {
    const member = memberOf(node, token);
    if (member === undefined) break;
    node = member;
    found += `/${escapePointer(token)}`;
  }
  const ref = memberOf(node, "$ref");
  return { pointer: found, ref: typeof ref === "string" ? ref : undefined };
}

export function lintProblem({ ruleId, message, location }: NormalizedProblem): Problem {
  const [where] = location;
  if (where === undefined) throw new Error(`The linter gave no place for: ${message}`);
  const { pointer, source, reportOnKey } = where;
  const node = pointer === undefined ? undefined : nearestNode(pointer, source);
  const place =
    pointer === undefined
      ? { file: shownPath(source.absoluteRef), line: where.start.line, column: where.start.col }
      : { ...locate(where, pointer, reportOnKey === true), pointer: node?.pointer };
  return {
    place,
    // The linter does not name the reference that it could not resolve.
    message: [message.replaceAll("\n", " ").trim(), node?.ref].filter(Boolean).join(": "),
    ...(lintEffects[ruleId] !== undefined && { effect: lintEffects[ruleId] }),
    remedy: remedyFor(ruleId, pointer === undefined, node?.ref),
  };
}

function remedyFor(ruleId: string, isSyntax: boolean, ref = ""): string {
  if (isSyntax) return syntaxRemedy;
  if (/^https?:/.test(ref)) return "Download the file, and point the $ref at the copy: nothing is fetched.";
  return remedies[ruleId] ?? `See the lint rule ${ruleId}.`;
}

export function syntaxProblem(error: YamlParseError): Problem {
  const conflict = error.source.body.split("\n").findIndex((line) => /^<{7}(?: |$)/.test(line));
  if (conflict !== -1)
    return {
      place: { file: shownPath(error.source.absoluteRef), line: conflict + 1, column: 1 },
      message: "A merge conflict is not resolved.",
      remedy: "Keep what is right, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.",
    };
  return {
    place: { file: shownPath(error.source.absoluteRef), line: error.line, column: error.col },
    message: `This is not valid YAML: ${firstLine(error.originalError)}`,
    remedy: syntaxRemedy,
  };
}

export function unreadable(file: string, error: ResolveError): Problem {
  return {
    place: { file: shownPath(file), line: 1, column: 1 },
    message: `The spec cannot be read: ${firstLine(error.originalError)}`,
    remedy: "Pass the path of an OpenAPI file.",
  };
}

export function unlintable(root: Document, error: unknown): Problem {
  return {
    place: locate(root, "#/openapi"),
    message: `The linter fails on this document: ${error instanceof Error ? firstLine(error) : String(error)}`,
    effect: "Some problems may not be reported.",
    remedy: "Fix the reported problems, and run the command again.",
  };
}

export function unreadableReference(root: Document, pointer: string): Problem {
  return {
    place: locate(root, pointer),
    message: "The $ref is a cycle, leads through `null`, or is not a valid URL.",
    effect: "It is treated as an empty object.",
    remedy: "Correct the $ref.",
  };
}

export function wrongVersion(root: Document, version: unknown): Problem {
  return {
    place: locate(root, "#/openapi"),
    message: `Expected an OpenAPI 3.0 or 3.1 document, found ${JSON.stringify(version) ?? "no `openapi` field"}.`,
    remedy: "Convert the document to OpenAPI 3.1 first.",
  };
}

function firstLine(error: Error): string {
  return error.message.split("\n", 1)[0] ?? "";
}
