import type { OpenAPI3 } from "openapi-typescript";
import { isDeepStrictEqual } from "node:util";
import { deref } from "../../spec/reference.ts";
import { preferredMediaType } from "../../spec/media-type.ts";
import { byDirection, type Case, type Finding, shown } from "./finding.ts";
import { isObject, memberOf, nodeAt, tokensOf } from "../../spec/json-pointer.ts";
import type { Rule } from "./policy.ts";

/** A parameter is there, gone, or different in itself; its schema has rules of its own. */
export function rateParameter({ difference, comparison, before, after }: Case): Finding[] | undefined {
  if (difference.kind === "removed") return [{ rule: "parameter-removed", text: "is gone" }];
  if (difference.kind === "added") {
    return isRequired(comparison.head, after)
      ? [{ rule: "required-parameter-added", text: "is new, and required" }]
      : [{ rule: "parameter-added", text: "is new" }];
  }
  switch (difference.property) {
    case "required":
      return after === true
        ? [{ rule: "parameter-became-required", text: "is required now" }]
        : [{ rule: "parameter-became-optional", text: "is optional now" }];
    case "name":
      return [{ rule: "parameter-renamed", text: `was called ${shown(before)}` }];
    case "in":
      return [{ rule: "parameter-moved", text: `stood in ${shown(before)}` }];
    case "style":
    case "explode":
    case "allowReserved":
    case "allowEmptyValue":
      return [{ rule: "parameter-encoding-changed", text: `has another \`${difference.property}\`` }];
    case "deprecated":
      return rateDeprecation(after);
    default:
      return undefined;
  }
}

export function rateRequestBody({ difference, comparison, after }: Case): Finding[] | undefined {
  if (difference.kind === "removed") return [{ rule: "request-body-removed", text: "is gone" }];
  if (difference.kind === "added") {
    return isRequired(comparison.head, after)
      ? [{ rule: "required-request-body-added", text: "is new, and required" }]
      : [{ rule: "request-body-added", text: "is new" }];
  }
  if (difference.property !== "required") return undefined;
  return after === true
    ? [{ rule: "request-body-became-required", text: "is required now" }]
    : [{ rule: "request-body-became-optional", text: "is optional now" }];
}

export function rateMediaType(found: Case): Finding[] | undefined {
  const { difference, comparison } = found;
  const { base, head, kind } = difference;
  const name = shown(tokensOf((head ?? base)?.pointer ?? "#").at(-1));
  if (kind === "modified") {
    if (difference.property !== "key") return undefined;
    const text = `is ${name} instead of ${shown(found.before)}`;
    return byDirection(found, "request-media-type-removed", "response-media-type-removed", text);
  }
  if (kind === "removed") {
    return byDirection(
      found,
      "request-media-type-removed",
      "response-media-type-removed",
      `is no longer ${name}`,
    );
  }
  const content = tokensOf(head?.pointer ?? "#").slice(0, -1);
  const before = spokenIn(comparison.base, content);
  const text = `may be ${name} now`;
  if (before === undefined)
    return byDirection(found, "request-media-type-added", "response-body-added", text);
  const isReplaced = before !== spokenIn(comparison.head, content);
  return isReplaced
    ? byDirection(found, "request-media-type-replaced", "response-media-type-replaced", text)
    : byDirection(found, "request-media-type-added", "response-media-type-added", text);
}

/** The media type that a method speaks, of the content at a path. */
function spokenIn(document: OpenAPI3, content: readonly string[]): string | undefined {
  const mediaTypes = nodeAt(document, content);
  return preferredMediaType(isObject(mediaTypes) ? Object.keys(mediaTypes) : []);
}

export function rateResponse(found: Case): Finding[] | undefined {
  const { difference, comparison } = found;
  const { base, head, kind } = difference;
  if (kind === "modified") {
    if (difference.property !== "key") return undefined;
    const text = `was the ${String(found.before)} response before`;
    return [
      { rule: String(found.before).startsWith("2") ? "success-removed" : "error-response-removed", text },
    ];
  }
  const tokens = tokensOf((head ?? base)?.pointer ?? "#");
  const status = tokens.at(-1) ?? "";
  const before = successesAt(comparison.base, tokens.slice(0, -1));
  const after = successesAt(comparison.head, tokens.slice(0, -1));
  if (kind === "removed")
    return [{ rule: before.has(status) ? "success-removed" : "error-response-removed", text: "is gone" }];
  return [
    { rule: after.has(status) ? successRule(status, before, after) : "error-response-added", text: "is new" },
  ];
}

type Successes = ReadonlyMap<string, unknown>;

/** The schemas of the responses that mean success: the 2xx ones, or `default` where there are none. */
function successesAt(document: OpenAPI3, path: readonly string[]): Successes {
  const responses = nodeAt(document, path);
  const all = Object.entries(isObject(responses) ? responses : {});
  const found = all.filter(([status]) => status.startsWith("2"));
  const successes = found.length > 0 ? found : all.filter(([status]) => status === "default");
  return new Map(successes.map(([status, response]) => [status, schemaOf(document, response)]));
}

function successRule(added: string, before: Successes, after: Successes): Rule {
  // A `default` that was the success is an error next to the new one.
  const others = [...after, ...[...before].filter(([status]) => status === "default")]
    .filter(([status]) => status !== added)
    .map(([, schema]) => schema);
  return others.length === 0 || others.some((other) => isDeepStrictEqual(other, after.get(added)))
    ? "success-added"
    : "success-added-with-another-body";
}

/** The schema of a response's body, as a method reads it. */
function schemaOf(document: OpenAPI3, response: unknown): unknown {
  const { content = {} } = deref<{ content?: Record<string, unknown> }>(
    document,
    isObject(response) ? response : {},
  );
  const mediaType = preferredMediaType(Object.keys(content));
  return mediaType === undefined ? undefined : memberOf(content[mediaType], "schema");
}

export function rateHeader({ difference, before, after }: Case): Finding[] | undefined {
  if (difference.kind === "added") return [{ rule: "response-header-added", text: "is new" }];
  if (difference.kind === "removed") return [{ rule: "response-header-removed", text: "is gone" }];
  switch (difference.property) {
    case "key":
      return [{ rule: "response-header-removed", text: `was called ${shown(before)}` }];
    case "required":
      return after === true
        ? [{ rule: "response-header-became-required", text: "is always there now" }]
        : [{ rule: "response-header-became-optional", text: "may be missing now" }];
    case "deprecated":
      return rateDeprecation(after);
    default:
      return undefined;
  }
}

function rateDeprecation(after: unknown): Finding[] {
  return after === true
    ? [{ rule: "schema-deprecated", text: "is deprecated" }]
    : [{ rule: "schema-undeprecated", text: "is no longer deprecated" }];
}

function isRequired(document: OpenAPI3, node: unknown): boolean {
  return isObject(node) && deref<{ required?: boolean }>(document, node).required === true;
}
