import {
  type BaseResolver,
  type Config,
  bundle,
  createConfig,
  type Document,
  lintDocument,
  ResolveError,
  YamlParseError,
} from "@redocly/openapi-core";
import type { OpenAPI3 } from "../openapi.ts";
import { resolve } from "node:path";
import { cutUnreadableReferences } from "./unreadable-references.ts";
import { LocalResolver } from "./local-resolver.ts";
import { bundledLocator } from "./locate-bundled.ts";
import { repairSources } from "./repair-sources.ts";
import { type Place, type Problem, SpecError } from "../diagnostic.ts";
import {
  isWithoutEffect,
  lintProblem,
  locate,
  remedies,
  syntaxProblem,
  unlintable,
  unreadable,
  unreadableReference,
  wrongVersion,
} from "./lint-problems.ts";

/** A spec, bundled into one document. */
export interface Spec {
  readonly document: OpenAPI3;
  /** Violations of the OpenAPI Specification. The `effect` of each says how the document was read. */
  readonly problems: readonly Problem[];
  /** The files of the spec, its main file first. */
  readonly files: readonly string[];
  /** Returns the place of a node in the source. */
  readonly locate: (pointer: string) => Place;
}

/** Reads a spec. @throws SpecError for a file that is not an OpenAPI 3.0 or 3.1 document */
export async function loadSpec(path: string): Promise<Spec> {
  const file = resolve(path);
  const config = await createConfig({
    rules: Object.fromEntries(Object.keys(remedies).map((rule) => [rule, "error"])),
    // A `$ref` in an example is data.
    resolve: { doNotResolveExamples: true },
  });
  const resolver = new LocalResolver(config.resolve);
  const root = await readRoot(resolver, file);
  const version = fullVersion(root.parsed?.openapi);
  if (version === undefined) throw new SpecError([wrongVersion(root, root.parsed?.openapi)]);
  root.parsed.openapi = version;

  const unreadable = cutUnreadableReferences(root.parsed).map((pointer) =>
    unreadableReference(root, pointer),
  );
  const found = [...unreadable, ...(await lintAndRepair(root, config, resolver))];

  root.parsed.info = { title: "Untitled API", version: "0.0.0", ...root.parsed.info };

  // A spec in one file needs no bundling, which takes as long as linting.
  if (resolver.cache.size === 1)
    return {
      document: root.parsed,
      problems: found,
      files: [file],
      locate: (pointer) => locate(root, pointer),
    };
  const documents = await resolver.documentsRead();
  const bundled = await bundle({ doc: root, config, externalRefResolver: resolver });
  if (found.length === 0) found.push(...bundled.problems.map(lintProblem));
  return {
    document: bundled.bundle.parsed as OpenAPI3,
    problems: found,
    files: documents.map(({ source }) => source.absoluteRef),
    locate: bundledLocator(root, documents),
  };
}

/** Returns the problems of a document, and repairs the parts that emitters could not read. A lint rule may throw on such a part. */
async function lintAndRepair(root: Document, config: Config, resolver: BaseResolver): Promise<Problem[]> {
  const lint = async (styleguide: Config["styleguide"], rounds = 4): Promise<Problem[]> => {
    const problems = await lintDocument({
      document: root,
      config: styleguide,
      externalRefResolver: resolver,
    });
    const errors = problems.filter((problem) => problem.severity === "error" && !isWithoutEffect(problem));
    // Only a syntax error has no pointer.
    const unparsable = errors.filter(({ location: [where] }) => where?.pointer === undefined);
    if (unparsable.length > 0) throw new SpecError(unparsable.map(lintProblem));
    const { reported, isRepaired } = await repairSources(errors, resolver);
    // A repair can reveal other problems.
    return [
      ...reported.map(lintProblem),
      ...(isRepaired && rounds > 0 ? await lint(styleguide, rounds - 1) : []),
    ];
  };
  try {
    return await lint(config.styleguide);
  } catch (error) {
    if (error instanceof SpecError) throw error;
    const form = await createConfig({ rules: { struct: "error" }, resolve: { doNotResolveExamples: true } });
    const malformed = await lint(form.styleguide).catch((error: unknown) => [unlintable(root, error)]);
    const others = await lint(config.styleguide).catch((error: unknown) => [unlintable(root, error)]);
    return [...malformed, ...others];
  }
}

/** The version with a patch number, such as 3.0.0 for "3.0" and for the number 3. @returns undefined for another version than 3.0 and 3.1 */
function fullVersion(version: unknown): string | undefined {
  if (typeof version !== "string" && typeof version !== "number") return undefined;
  const [, minor, patch = "0"] = /^3(?:\.(0|1)(?:\.(.+))?)?$/.exec(String(version)) ?? [];
  if (minor === undefined && version !== 3) return undefined;
  return `3.${minor ?? 0}.${patch}`;
}

async function readRoot(resolver: BaseResolver, file: string): Promise<Document> {
  try {
    // Its type says that it returns errors, but for the root document it throws them.
    const root = await resolver.resolveDocument(null, file, true);
    if (root instanceof Error) throw root;
    return root;
  } catch (error) {
    if (error instanceof YamlParseError) throw new SpecError([syntaxProblem(error)]);
    if (error instanceof ResolveError) throw new SpecError([unreadable(file, error)]);
    throw error;
  }
}
