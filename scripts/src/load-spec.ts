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
import { cutCircularReferences } from "./circular-references.ts";
import { mendSources } from "./mend-sources.ts";
import { type Place, type Problem, SpecError } from "./spec-error.ts";
import {
  circularReference,
  isWithoutEffect,
  lintProblem,
  locate,
  remedies,
  syntaxProblem,
  unreadable,
  wrongVersion,
} from "./spec-problems.ts";

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
  });
  const resolver = new BaseResolver(config.resolve);
  const root = await readRoot(resolver, file);
  const version: unknown = root.parsed?.openapi;
  if (typeof version !== "string" || !/^3\.[01]\./.test(version))
    throw new SpecError([wrongVersion(root, version)]);

  const circular = cutCircularReferences(root.parsed).map((pointer) => circularReference(root, pointer));
  const problems = await lintDocument({
    document: root,
    config: config.styleguide,
    externalRefResolver: resolver,
  });
  const errors = problems.filter((problem) => problem.severity === "error" && !isWithoutEffect(problem));
  const found = [...circular, ...(await mendSources(errors, resolver)).map(lintProblem)];

  const bundled = await bundle({ doc: root, config, externalRefResolver: resolver });
  if (errors.length === 0) found.push(...bundled.problems.map(lintProblem));
  return {
    document: bundled.bundle.parsed as OpenAPI3,
    problems: found,
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
