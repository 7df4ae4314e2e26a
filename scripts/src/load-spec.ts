import {
  BaseResolver,
  bundle,
  createConfig,
  type Document,
  getLineColLocation,
  lintDocument,
  type NormalizedProblem,
  parseYaml,
  ResolveError,
  unescapePointer,
  YamlParseError,
} from "@redocly/openapi-core";
import type { OpenAPI3 } from "openapi-typescript";
import { relative, resolve, sep } from "node:path";
import { type Place, type Problem, SpecError } from "./spec-error.ts";

/** A spec that was read, found sound enough to generate from, and gathered into one document. */
export interface Spec {
  readonly document: OpenAPI3;
  /** Every file that it was read from. */
  readonly files: readonly string[];
  /** Where a node stands in the source. */
  locate(pointer: string): Place;
}

/**
 * The rules without which the output would be wrong. Matters of taste belong to `pnpm spec:lint`.
 * https://redocly.com/docs/cli/rules
 */
const remedies: Record<string, string> = {
  struct: "Give it the form that the OpenAPI specification has for this object.",
  "no-unresolved-refs": "Add what the $ref names, or point it at something that is there.",
  "operation-operationId-unique":
    "Give every operation an operationId of its own: it becomes the method's name.",
  "path-parameters-defined": "Declare every name in braces as a parameter with `in: path`, and no other.",
  "operation-parameters-unique": "Declare each parameter of an operation once.",
  "no-identical-paths": "Keep one of the paths, or tell them apart by more than a parameter's name.",
  "no-undefined-server-variable": "Declare the variable under the server's `variables`.",
};

const syntaxRemedy = "Mend the syntax there or just above: indentation, a colon, a quote.";

/** @throws SpecError with every problem found. */
export async function loadSpec(path: string): Promise<Spec> {
  const file = resolve(path);
  const config = await createConfig({
    rules: Object.fromEntries(Object.keys(remedies).map((rule) => [rule, "error"])),
  });
  const resolver = new BaseResolver(config.resolve);
  const root = await readRoot(resolver, file);
  const version: unknown = root.parsed?.openapi;
  if (typeof version !== "string" || !/^3\.[01]\./.test(version))
    throw new SpecError([wrongVersion(root, version)]);

  const problems = await lintDocument({
    document: root,
    config: config.styleguide,
    externalRefResolver: resolver,
  });
  const errors = problems.filter((problem) => problem.severity === "error" && !isWithoutEffect(problem));
  if (errors.length > 0) throw new SpecError(errors.map(lintProblem));

  const bundled = await bundle({ doc: root, config, externalRefResolver: resolver });
  if (bundled.problems.length > 0) throw new SpecError(bundled.problems.map(lintProblem));
  return {
    document: bundled.bundle.parsed as OpenAPI3,
    files: [...new Set([file, ...bundled.fileDependencies])],
    locate: (pointer) => locate(root, pointer),
  };
}

/** In OpenAPI 3.0, `nullable` next to no `type` says nothing: https://spec.openapis.org/oas/v3.0.3#fixed-fields-20 */
function isWithoutEffect({ message }: NormalizedProblem): boolean {
  return message.includes("`nullable`") && message.includes("`type`");
}

async function readRoot(resolver: BaseResolver, file: string): Promise<Document> {
  try {
    // It gives what went wrong, says its type; for the root document it throws that.
    const root = await resolver.resolveDocument(null, file, true);
    if (root instanceof Error) throw root;
    return root;
  } catch (error) {
    if (error instanceof YamlParseError) throw new SpecError([syntaxProblem(error)]);
    if (error instanceof ResolveError) throw new SpecError([unreadable(file, error)]);
    throw error;
  }
}

function locate({ source }: Document, pointer: string): Place {
  // A path into what a $ref names is not in the source: the line is then that of the nearest node above it.
  const { start } = getLineColLocation({ source, pointer, reportOnKey: true });
  return { file: shown(source.absoluteRef), line: start.line, column: start.col, pointer };
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
    const name = unescapePointer(token);
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, name)) break;
    node = (node as Record<string, unknown>)[name];
    found += `/${token}`;
  }
  const { $ref: ref } = typeof node === "object" && node !== null ? (node as { $ref?: unknown }) : {};
  return { pointer: found, ref: typeof ref === "string" ? ref : undefined };
}

function lintProblem({ ruleId, message, location }: NormalizedProblem): Problem {
  const [where] = location;
  if (where === undefined) throw new Error(`The linter gave no place for: ${message}`);
  const { start } = getLineColLocation(where);
  const node = where.pointer === undefined ? undefined : nearestNode(where.pointer, where.source);
  const place = {
    file: shown(where.source.absoluteRef),
    line: start.line,
    column: start.col,
    pointer: node?.pointer,
  };
  return {
    place,
    // The linter does not say what it could not resolve.
    message: [message.replaceAll("\n", " ").trim(), node?.ref].filter(Boolean).join(": "),
    // Only what cannot be parsed has a place, but no node.
    remedy: (where.pointer === undefined ? syntaxRemedy : remedies[ruleId]) ?? `See the lint rule ${ruleId}.`,
  };
}

function syntaxProblem(error: YamlParseError): Problem {
  return {
    place: { file: shown(error.source.absoluteRef), line: error.line, column: error.col },
    message: `This is not valid YAML: ${firstLine(error.originalError)}`,
    remedy: syntaxRemedy,
  };
}

function unreadable(file: string, error: ResolveError): Problem {
  return {
    place: { file: shown(file), line: 1, column: 1 },
    message: `The spec cannot be read: ${firstLine(error.originalError)}`,
    remedy: "Name an OpenAPI file that exists, with --spec.",
  };
}

function wrongVersion(root: Document, version: unknown): Problem {
  return {
    place: locate(root, "#/openapi"),
    message: `Expected an OpenAPI 3.0 or 3.1 document, found ${JSON.stringify(version) ?? "no `openapi` field"}.`,
    remedy: "Convert the document to OpenAPI 3.1 first.",
  };
}

function firstLine(error: Error): string {
  return error.message.split("\n", 1)[0] ?? "";
}

/** The file as a reader would name it: below the working directory, and with the same separator everywhere. */
function shown(file: string): string {
  const path = relative(process.cwd(), file);
  return (path.startsWith("..") ? file : path).replaceAll(sep, "/");
}
