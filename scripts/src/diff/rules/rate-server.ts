import type { Side } from "../compare/difference.ts";
import { type Case, type Finding, shown } from "./finding.ts";

/** The first server, which a client calls by default, is compared apart: by its place in the list, not by likeness. */
const first = /^#(?:\/paths\/[^/]+(?:\/[^/]+)?)?\/servers\/0(?:\/url)?$/;

export function rateServer({ difference, after, before }: Case): Finding[] | undefined {
  const { kind, base, head, property } = difference;
  if (kind === "added") return isFirst(head) ? [] : [{ rule: "server-added", text: "has a new server" }];
  if (kind === "removed") return isFirst(base) ? [] : [{ rule: "server-removed", text: "has a server less" }];
  if (property !== "url") return undefined;
  if (isFirst(base) || isFirst(head)) return [];
  return [{ rule: "server-removed", text: `has the server ${shown(after)} instead of ${shown(before)}` }];
}

function isFirst(side: Side | undefined): boolean {
  return side !== undefined && first.test(side.pointer);
}

export function rateServerVariable({ difference, before, after }: Case): Finding[] | undefined {
  if (difference.kind !== "modified") {
    const text =
      difference.kind === "added" ? "has a new variable in a server" : "has lost a variable of a server";
    return [{ rule: "server-value-removed", text }];
  }
  switch (difference.property) {
    case "default":
      return [
        {
          rule: "server-default-changed",
          text: `has the default ${shown(after)} instead of ${shown(before)} for a variable of a server`,
        },
      ];
    case "enum":
      if (before === undefined)
        return [
          {
            rule: "server-value-removed",
            text: `takes only ${shown(after)} for a variable of a server, and took any value`,
          },
        ];
      if (after === undefined)
        return [{ rule: "server-value-added", text: "takes any value for a variable of a server now" }];
      return rateServerValues(before, after);
    default:
      return undefined;
  }
}

/** The values that are listed for a server. */
export function rateServerValues(before: unknown, after: unknown): Finding[] {
  const values = (side: unknown): unknown[] => (Array.isArray(side) ? side : []);
  const added = values(after).filter((value) => !values(before).includes(value));
  const removed = values(before).filter((value) => !values(after).includes(value));
  return [
    ...added.map((value): Finding => ({
      rule: "server-value-added",
      text: `knows the value ${shown(value)} for a variable of a server`,
    })),
    ...removed.map((value): Finding => ({
      rule: "server-value-removed",
      text: `knows the value ${shown(value)} for a variable of a server no more`,
    })),
  ];
}
