/** The part of the version that a change raises, by semantic versioning (https://semver.org). */
export type Severity = "major" | "minor" | "patch" | "none";

/** Maps a severity to a number. A higher number is more severe. */
export function order(severity: Severity): number {
  return ["none", "patch", "minor", "major"].indexOf(severity);
}

export function isMoreSevere(one: Severity, other: Severity): boolean {
  return order(one) > order(other);
}

/** The highest severity of a list; `none` for an empty list. */
export function highestSeverity<S extends Severity>(severities: readonly S[]): S | "none" {
  return severities.reduce<S | "none">((worst, next) => (isMoreSevere(next, worst) ? next : worst), "none");
}
