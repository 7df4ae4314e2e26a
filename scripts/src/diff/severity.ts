/** What a change asks of the version that has it, by semantic versioning (https://semver.org). */
export type Severity = "major" | "minor" | "patch" | "none";

/** A number that is greater, the graver the severity. */
export function order(severity: Severity): number {
  return ["none", "patch", "minor", "major"].indexOf(severity);
}

export function isGraver(one: Severity, other: Severity): boolean {
  return order(one) > order(other);
}

/** The gravest of all; `none` of nothing. */
export function gravest<S extends Severity>(severities: readonly S[]): S | "none" {
  return severities.reduce<S | "none">((worst, next) => (isGraver(next, worst) ? next : worst), "none");
}
