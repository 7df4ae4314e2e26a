import type { OpenAPI3 } from "openapi-typescript";
import { isDeepStrictEqual } from "node:util";
import { deref } from "../json-reference.ts";
import { preferredMediaType } from "../media-type.ts";
import { byDirection, type Case, type Finding, shown } from "./finding.ts";
import { isObject, memberOf, nodeAt, tokensOf } from "./pointer.ts";
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
  const status = tokensOf((head ?? base)?.pointer ?? "#").at(-1) ?? "";
  if (kind === "removed")
    return [{ rule: status.startsWith("2") ? "success-removed" : "error-response-removed", text: "is gone" }];
  return [
    {
      rule: status.startsWith("2") ? successRule(comparison.head, head?.pointer) : "error-response-added",
      text: "is new",
    },
  ];
}

function successRule(document: OpenAPI3, pointer = "#"): Rule {
  const tokens = tokensOf(pointer);
  const responses = nodeAt(document, tokens.slice(0, -1));
  const [added, ...others] = [tokens.at(-1) ?? "", ...Object.keys(isObject(responses) ? responses : {})]
    .filter((status, index, all) => status.startsWith("2") && all.indexOf(status) === index)
    .map((status) => schemaOf(document, memberOf(responses, status)));
  return others.length === 0 || others.some((other) => isDeepStrictEqual(other, added))
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
