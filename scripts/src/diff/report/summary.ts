import type { OpenAPI3 } from "../../spec/openapi.ts";
import { acceptBreaks } from "../accepted-breaks.ts";
import { diffDocuments } from "../diff-documents.ts";
import type { Change } from "../spec-diff.ts";
import { countsOf } from "./grouping.ts";

const mostLines = 20;

/** The changes for users from one generated `openapi.json` to another, in a few lines. Empty if there are none. */
export async function summaryOf(before: string, after: string, specFile: string): Promise<string> {
  const [base, head] = [documentIn(before), documentIn(after)];
  if (base === undefined || head === undefined) return "";
  const diff = await acceptBreaks(diffDocuments(base, head), specFile);
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

function lineOf({ severity, operationIds, types, message, accepted }: Change): string {
  const touched = [...operationIds, ...types];
  const names = touched.length > 4 ? [...touched.slice(0, 3), `${touched.length - 3} more`] : touched;
  const reason = accepted === undefined ? "" : ` Accepted: ${accepted}`;
  return `  ${severity}  ${message}${names.length === 0 ? "" : ` (${names.join(", ")})`}${reason}`;
}

/** An earlier file may have been edited since: it is then nothing to compare with. */
function documentIn(text: string): OpenAPI3 | undefined {
  try {
    return JSON.parse(text) as OpenAPI3;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
