import type { OpenAPI3 } from "openapi-typescript";
import { diffDocuments } from "../diff-documents.ts";
import { countsOf } from "./grouping.ts";
import type { Change } from "../spec-diff.ts";

const mostLines = 20;

/** What one generated `openapi.json` changes for users against another, in a few lines. Empty where it changes nothing. */
export function summaryOf(before: string, after: string): string {
  const [base, head] = [documentIn(before), documentIn(after)];
  if (base === undefined || head === undefined) return "";
  const diff = diffDocuments(base, head);
  if (diff.severity === "none") return "";
  const isBreaking = diff.severity === "major" ? "breaking" : "not breaking";
  const lines = diff.changes.slice(0, mostLines).map(lineOf);
  const rest = diff.changes.length - lines.length;
  return [
    `For users this is ${isBreaking}: ${countsOf(diff)}.`,
    ...lines,
    ...(rest > 0 ? [`  and ${rest} more.`] : []),
  ].join("\n");
}

function lineOf({ severity, operationIds, types, message }: Change): string {
  const touched = [...operationIds, ...types];
  const names = touched.length > 4 ? [...touched.slice(0, 3), `${touched.length - 3} more`] : touched;
  return `  ${severity}  ${message}${names.length === 0 ? "" : ` (${names.join(", ")})`}`;
}

/** What an earlier run wrote may have been edited since: it is then nothing to compare with. */
function documentIn(text: string): OpenAPI3 | undefined {
  try {
    return JSON.parse(text) as OpenAPI3;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
