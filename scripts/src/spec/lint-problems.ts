import {
  type Document,
  getAstNodeByPointer,
  getLineColLocation,
  type NormalizedProblem,
  parseYaml,
  type ResolveError,
  type YamlParseError,
} from "@redocly/openapi-core";
import { shownPath } from "../cli/shown-path.ts";
import type { Place, Problem } from "./diagnostic.ts";

/**
 * The rules without which the output would be wrong. Matters of taste belong to `pnpm spec:lint`.
 * https://redocly.com/docs/cli/rules
 */
export const remedies: Record<string, string> = {
  struct: "Give it the form that the OpenAPI specification has for this object.",
  "no-unresolved-refs": "Add what the $ref names, or point it at something that is there.",
  "operation-operationId-unique":
    "Give every operation an operationId of its own: it becomes the method's name.",
  "path-parameters-defined": "Declare every name in braces as a parameter with `in: path`, and no other.",
  "operation-parameters-unique": "Declare each parameter of an operation once.",
  "no-identical-paths": "Keep one of the paths, or tell them apart by more than a parameter's name.",
  "no-undefined-server-variable": "Declare the variable under the server's `variables`.",
};

/** What becomes of it where the rest is generated all the same. */
const lintEffects: Record<string, string> = {
  struct: "It is read without what has not that form.",
  "no-unresolved-refs": "It is read as if it were empty.",
  "operation-operationId-unique": "The later one is named anew.",
  "path-parameters-defined":
    "A name in braces is taken for a string, and a parameter that the path does not have is left out.",
  "operation-parameters-unique": "The last of them counts.",
  "no-identical-paths": "Both are there.",
  "no-undefined-server-variable": "The URL keeps its braces.",
};

const syntaxRemedy = "Mend the syntax there or just above: indentation, a colon, a quote.";

/** In OpenAPI 3.0, `nullable` next to no `type` says nothing: https://spec.openapis.org/oas/v3.0.3#fixed-fields-20 */
export function isWithoutEffect({ ruleId, message }: NormalizedProblem): boolean {
  return ruleId === "struct" && message.includes("`nullable`") && message.includes("`type`");
}

export function locate({ source }: Document, pointer: string): Place {
  const { tree, lineStarts } = indexOf(source);
  // A path into what a $ref names is not in the source: the line is then that of the nearest node above it.
  const position = getAstNodeByPointer(tree, encoded(pointer), true)?.startPosition ?? 0;
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

/** The pointer as Redocly reads it: percent-decoded. */
function encoded(pointer: string): string {
  return pointer.replaceAll("%", "%25");
}

/** What each source holds: a source with many problems is parsed once. */
const parsed = new WeakMap<Document["source"], unknown>();

/** The node that a pointer leads to, or the nearest one above it: a rule may point at what ought to be there. */
function nearestNode(
  pointer: string,
  source: Document["source"],
): { pointer: string; ref: string | undefined } {
  let node = parsed.get(source) ?? parseYaml(source.body);
  parsed.set(source, node);
  let found = "#";
  for (const token of pointer.replace(/^#\/?/, "").split("/")) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, name)) break;
    node = (node as Record<string, unknown>)[name];
    found += `/${token}`;
  }
  const { $ref: ref } = typeof node === "object" && node !== null ? (node as { $ref?: unknown }) : {};
  return { pointer: found, ref: typeof ref === "string" ? ref : undefined };
}

export function lintProblem({ ruleId, message, location }: NormalizedProblem): Problem {
  const [where] = location;
  if (where === undefined) throw new Error(`The linter gave no place for: ${message}`);
  const { start } = getLineColLocation(
    where.pointer === undefined ? where : { ...where, pointer: encoded(where.pointer) },
  );
  const node = where.pointer === undefined ? undefined : nearestNode(where.pointer, where.source);
  const place = {
    file: shownPath(where.source.absoluteRef),
    line: start.line,
    column: start.col,
    pointer: node?.pointer,
  };
  return {
    place,
    // The linter does not say what it could not resolve.
    message: [message.replaceAll("\n", " ").trim(), node?.ref].filter(Boolean).join(": "),
    // Only what cannot be parsed has a place, but no node.
    ...(lintEffects[ruleId] !== undefined && { effect: lintEffects[ruleId] }),
    remedy: remedyFor(ruleId, where.pointer === undefined, node?.ref),
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
    remedy: "Name an OpenAPI file that exists.",
  };
}

export function unlintable(root: Document, error: unknown): Problem {
  return {
    place: locate(root, "#/openapi"),
    message: `The linter fails on this document: ${error instanceof Error ? firstLine(error) : String(error)}`,
    effect: "What is wrong with it is told in part.",
    remedy: "Mend what is told, and run this again.",
  };
}

export function unreadableReference(root: Document, pointer: string): Problem {
  return {
    place: locate(root, pointer),
    message: "The $ref leads back to itself, through `null`, or is no URL.",
    effect: "It is read as if it were empty.",
    remedy: "Point it at something that is there.",
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
