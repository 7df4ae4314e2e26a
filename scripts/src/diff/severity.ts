/** What a change asks of the version that has it, by semantic versioning (https://semver.org). */
export type Severity = "major" | "minor" | "patch" | "none";

const ascending: readonly Severity[] = ["none", "patch", "minor", "major"];

/** The gravest of all; `none` of nothing. */
export function gravest<T extends Severity>(severities: readonly T[]): T | "none" {
  return severities.reduce<T | "none">((worst, next) => (isGraver(next, worst) ? next : worst), "none");
}

export function isGraver(one: Severity, other: Severity): boolean {
  return ascending.indexOf(one) > ascending.indexOf(other);
}
