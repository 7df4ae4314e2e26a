import type { Case, Finding } from "./finding.ts";
import { memberOf, nodeAt, tokensOf } from "../../spec/json-pointer.ts";
import { rateServerValues } from "./rate-server.ts";

/** An extension is different; spec/README.md says what those mean that the generator knows. */
export function rateExtension(found: Case): Finding[] {
  const { difference, comparison } = found;
  const tokens = tokensOf((difference.head ?? difference.base)?.pointer ?? "#");
  const start = tokens.findIndex((token) => token.startsWith("x-"));
  const name = difference.property?.startsWith("x-") ? difference.property : (tokens[start] ?? "");
  const owner = start === -1 ? tokens : tokens.slice(0, start);
  const before = memberOf(nodeAt(comparison.base, owner), name);
  const after = memberOf(nodeAt(comparison.head, owner), name);
  switch (name) {
    case "x-pagination":
      if (before === undefined) return [{ rule: "pagination-added", text: "is paginated now" }];
      return after === undefined
        ? [{ rule: "pagination-removed", text: "is no longer paginated" }]
        : [{ rule: "pagination-changed", text: "is paginated in another way" }];
    case "x-experimental":
      if ((before === true) === (after === true))
        return [{ rule: "extension", text: `has another \`${name}\`` }];
      return after === true
        ? [{ rule: "operation-made-experimental", text: "is experimental now" }]
        : [{ rule: "operation-made-stable", text: "is no longer experimental" }];
    case "x-client-name":
      return [{ rule: "documentation", text: `has another \`${name}\`` }];
    case "x-service-versions":
      return rateServerValues(before, after);
    default:
      return [{ rule: "extension", text: `has another \`${name}\`` }];
  }
}
