import {
  BaseResolver,
  bundle,
  createConfig,
  type Document,
  lintDocument,
  ResolveError,
  YamlParseError,
} from "@redocly/openapi-core";
import type { OpenAPI3 } from "openapi-typescript";
import { resolve } from "node:path";
import { type Place, SpecError } from "./spec-error.ts";
import {
  isWithoutEffect,
  lintProblem,
  locate,
  remedies,
  syntaxProblem,
  unreadable,
  wrongVersion,
} from "./spec-problems.ts";

/** A spec that was read, found sound enough to generate from, and gathered into one document. */
export interface Spec {
  readonly document: OpenAPI3;
  /** Every file that it was read from. */
  readonly files: readonly string[];
  /** Where a node stands in the source. */
  locate(pointer: string): Place;
}

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

  // Nothing is to be gathered of a spec in one file, and to look for it takes as long as to lint.
  if (resolver.cache.size === 1)
    return { document: root.parsed, files: [file], locate: (pointer) => locate(root, pointer) };
  const bundled = await bundle({ doc: root, config, externalRefResolver: resolver });
  if (bundled.problems.length > 0) throw new SpecError(bundled.problems.map(lintProblem));
  return {
    document: bundled.bundle.parsed as OpenAPI3,
    files: [...new Set([file, ...bundled.fileDependencies])],
    locate: (pointer) => locate(root, pointer),
  };
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
