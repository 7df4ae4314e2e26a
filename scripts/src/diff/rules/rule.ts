import type { Difference } from "../compare/difference.ts";
import type { Comparison, Site } from "../compare/site.ts";
import type { Severity } from "../severity.ts";

/** A difference, with everything that rules look at. */
export interface Case extends Difference {
  readonly comparison: Comparison;
  readonly site: Site;
  readonly before: unknown;
  readonly after: unknown;
  /** The path of the node or member; of one that is gone, in the old document. */
  readonly tokens: readonly string[];
  /** The last of the tokens: the name of the node. */
  readonly name: string;
}

/** What has changed, in words that follow the name of the node. `[]` for a difference that says nothing to a user. */
export type Detected = string | readonly string[] | undefined | false;

/** A rule of the policy. docs/severity.md shows severity and reason. */
export interface Rule {
  readonly severity: Exclude<Severity, "none">;
  /** The reason for the severity; before it, what has changed, where the name of the rule does not say it. */
  readonly reason: string;
  /** The direction in which the node must be used; any, if there is none. */
  readonly side?: "request" | "response";
  readonly detect: (found: Case) => Detected;
}

export type Rules = Readonly<Record<string, Rule>>;

type MakeRule = (reason: string, detect: Rule["detect"]) => Rule;

const rated =
  (severity: Rule["severity"], side?: Rule["side"]): MakeRule =>
  (reason, detect) => ({ severity, reason, detect, ...(side && { side }) });

/** Makes a rule of a severity, for nodes that are used in any direction, or in one. */
export const major = rated("major");
export const minor = rated("minor");
export const patch = rated("patch");
export const request = { major: rated("major", "request"), minor: rated("minor", "request") };
export const response = {
  major: rated("major", "response"),
  minor: rated("minor", "response"),
  patch: rated("patch", "response"),
};

/** Detects nodes of a type that are new, gone or changed. A component is no use of itself; a webhook is no method. */
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

/** Detects another value of a member. */
export function changed(typeName: string, property: string, detect: Rule["detect"]): Rule["detect"] {
  return on(typeName, (found) => found.kind === "modified" && found.property === property && detect(found));
}

/** Detects a member that becomes `true`, or is `true` no more. */
export const turnedOn = (typeName: string, property: string, text: string) =>
  changed(typeName, property, ({ after }) => after === true && text);
export const turnedOff = (typeName: string, property: string, text: string) =>
  changed(typeName, property, ({ after }) => after !== true && text);

/** A named parameter, response or the like that comes or goes as a whole. */
export function isShared({ typeName, property, tokens }: Case): boolean {
  const isWhole = property === undefined || property === "key";
  return tokens[0] === "components" && tokens.length === 3 && typeName !== "Schema" && isWhole;
}

function isMethod({ tokens }: Case): boolean {
  return tokens[0] === "paths" && tokens[3] !== "callbacks";
}

/** A value of the spec, in a sentence. */
export function shown(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The values of a list that another does not have, each in a text. */
export function missingFrom(others: unknown, values: unknown, text: (value: string) => string): string[] {
  return listOf(values)
    .filter((value) => !listOf(others).includes(value))
    .map((value) => text(shown(value)));
}
