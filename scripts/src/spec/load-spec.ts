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
import type { OpenAPI3 } from "openapi-typescript";
import { resolve } from "node:path";
import { cutUnreadableReferences } from "./unreadable-references.ts";
import { LocalResolver } from "./local-resolver.ts";
import { mendSources } from "./mend-sources.ts";
import { type Place, type Problem, SpecError } from "./diagnostic.ts";
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

/** A spec that was read and gathered into one document. */
export interface Spec {
  readonly document: OpenAPI3;
  /** What of it is not as the OpenAPI specification has it, and was read as `effect` says. */
  readonly problems: readonly Problem[];
  /** Every file that it was read from. */
  readonly files: readonly string[];
  /** Where a node stands in the source. */
  locate(pointer: string): Place;
}

/** @throws SpecError for what is no OpenAPI document at all. */
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
  const found = [...unreadable, ...(await lintAndMend(root, config, resolver))];

  root.parsed.info = { title: "Untitled API", version: "0.0.0", ...root.parsed.info };

  // Nothing is to be gathered of a spec in one file, and to look for it takes as long as to lint.
  if (resolver.cache.size === 1)
    return {
      document: root.parsed,
      problems: found,
      files: [file],
      locate: (pointer) => locate(root, pointer),
    };
  const bundled = await bundle({ doc: root, config, externalRefResolver: resolver });
  if (found.length === 0) found.push(...bundled.problems.map(lintProblem));
  return {
    document: bundled.bundle.parsed as OpenAPI3,
    problems: found,
    files: await resolver.filesRead(),
    locate: (pointer) => locate(root, pointer),
  };
}

/** What is wrong is told; what would be read wrongly is taken out. A rule may fail on what has not the form that it expects. */
async function lintAndMend(root: Document, config: Config, resolver: BaseResolver): Promise<Problem[]> {
  const lint = async (styleguide: Config["styleguide"], rounds = 4): Promise<Problem[]> => {
    const problems = await lintDocument({
      document: root,
      config: styleguide,
      externalRefResolver: resolver,
    });
    const errors = problems.filter((problem) => problem.severity === "error" && !isWithoutEffect(problem));
    // Only what cannot be parsed has a place, but no node: a file of the spec is no OpenAPI at all.
    const unparsable = errors.filter(({ location: [where] }) => where?.pointer === undefined);
    if (unparsable.length > 0) throw new SpecError(unparsable.map(lintProblem));
    const { told, mended } = await mendSources(errors, resolver);
    // What stood behind what was taken out shows now. What is deeper than that, the layers leave alone.
    return [...told.map(lintProblem), ...(mended && rounds > 0 ? await lint(styleguide, rounds - 1) : [])];
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
