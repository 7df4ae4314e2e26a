/** What a change asks of the version that has it, by semantic versioning (https://semver.org). */
export type Severity = "major" | "minor" | "patch" | "none";

/** A number that is greater, the graver the severity. */
export function order(severity: Severity): number {
  return ["none", "patch", "minor", "major"].indexOf(severity);
}
