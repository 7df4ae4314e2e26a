import { type Case, type Finding, shown } from "./finding.ts";

export function rateOperation({ difference, before, after }: Case): Finding[] | undefined {
  if (difference.kind === "added") return [{ rule: "operation-added", text: "is new" }];
  if (difference.kind === "removed") return [{ rule: "operation-removed", text: "is gone" }];
  switch (difference.property) {
    case "operationId":
      return [{ rule: "operation-renamed", text: `is the new name of ${shown(before)}` }];
    case "address":
      return [movedTo(before, after)];
    case "deprecated":
      return after === true
        ? [{ rule: "operation-deprecated", text: "is deprecated" }]
        : [{ rule: "operation-undeprecated", text: "is no longer deprecated" }];
    default:
      return undefined;
  }
}

export function ratePathItem({ difference, before, after }: Case): Finding[] | undefined {
  if (difference.property !== "key") return undefined;
  return [movedTo(before, after)];
}

function movedTo(before: unknown, after: unknown): Finding {
  return { rule: "operation-moved", text: `is at ${shown(after)} instead of ${shown(before)}` };
}
