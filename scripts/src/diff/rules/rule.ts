import { memberOf } from "../../spec/json-pointer.ts";
import { deprecationDetails } from "../../spec/normalize/deprecation.ts";
import { deref } from "../../spec/reference.ts";
import type { Difference } from "../compare/difference.ts";
import type { Comparison, Location } from "../compare/location.ts";
import type { Severity } from "../severity.ts";

/** A difference, with the facts that rules need. */
export interface Case extends Difference {
  readonly comparison: Comparison;
  readonly location: Location;
  readonly before: unknown;
  readonly after: unknown;
  /** The path of the node or member. For a removed one, the path is that in the old document. */
  readonly tokens: readonly string[];
  /** The last of the tokens: the name of the node. */
  readonly name: string;
}

/** Text about the change that follows the name of the node, such as "is new". `[]`: users need not know of the change. */
export type Detected = string | readonly string[] | undefined | false;

/** A rule of the policy. docs/severity.md shows severity and reason. */
export interface Rule {
  readonly severity: Exclude<Severity, "none">;
  /** The reason for the severity. A sentence before it describes the change where the name of the rule does not. */
  readonly reason: string;
  /** The direction in which the node must be used. Without it, the rule is for both directions. */
  readonly side?: "request" | "response";
  readonly detect: (found: Case) => Detected;
}

export type Rules = Readonly<Record<string, Rule>>;

type MakeRule = (reason: string, detect: Rule["detect"]) => Rule;

const rated =
  (severity: Rule["severity"], side?: Rule["side"]): MakeRule =>
  (reason, detect) => ({ severity, reason, detect, ...(side && { side }) });

/** Make a rule of a severity, for both directions or for one. */
export const major = rated("major");
export const minor = rated("minor");
export const patch = rated("patch");
export const request = { major: rated("major", "request"), minor: rated("minor", "request") };
export const response = {
  major: rated("major", "response"),
  minor: rated("minor", "response"),
  patch: rated("patch", "response"),
};

/** Detects an added, removed or changed node of a type, without whole components and without webhooks. */
export function on(typeName: string, detect: Rule["detect"]): Rule["detect"] {
  return (found) =>
    found.typeName === typeName &&
    !isShared(found) &&
    !(typeName === "Operation" && !isMethod(found)) &&
    detect(found);
}

export const added = (typeName: string, text = "is new") =>
  on(typeName, ({ kind }) => kind === "added" && text);
export const removed = (typeName: string, text = "is gone") =>
  on(typeName, ({ kind }) => kind === "removed" && text);

/** Detects a changed value of a member. */
export function changed(typeName: string, property: string, detect: Rule["detect"]): Rule["detect"] {
  return on(typeName, (found) => found.kind === "modified" && found.property === property && detect(found));
}

/** Detect a member that became `true`, or that is no longer `true`. */
export const turnedOn = (typeName: string, property: string, text: string) =>
  changed(typeName, property, ({ after }) => after === true && text);
export const turnedOff = (typeName: string, property: string, text: string) =>
  changed(typeName, property, ({ after }) => after !== true && text);

/** Detects a new deprecation, with the text of `x-deprecated`. */
export function deprecationOf({ after, head }: Case): Detected {
  return after === true && `is deprecated${deprecationDetails(head.owner)}`;
}

/** Returns `true` if a whole component other than a schema was added, removed or renamed. */
export function isShared({ typeName, property, tokens }: Case): boolean {
  const isWhole = property === undefined || property === "key";
  return tokens[0] === "components" && tokens.length === 3 && typeName !== "Schema" && isWhole;
}

/** Returns `true` if an added parameter or request body is required. */
export function isRequiredNode({ comparison, after }: Case): boolean {
  return memberOf(deref(comparison.head.document, after), "required") === true;
}

function isMethod({ tokens }: Case): boolean {
  return tokens[0] === "paths" && tokens[3] !== "callbacks";
}

/** Formats a value of the spec for a sentence. */
export function shown(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Lists the values that `others` lacks, each formatted by `text`. */
export function missingFrom(others: unknown, values: unknown, text: (value: string) => string): string[] {
  return listOf(values)
    .filter((value) => !listOf(others).includes(value))
    .map((value) => text(shown(value)));
}
