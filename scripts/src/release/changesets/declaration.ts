import { highestSeverity, isMoreSevere, type Severity } from "../../diff/severity.ts";
import type { ChangeItem } from "./change-item.ts";
import { describes } from "./draft-text.ts";

/** The text of a changeset, and the severity that it declares for each package. */
export interface Declaration {
  readonly text: string;
  readonly severities: Severities;
}

type Severities = ReadonlyMap<string, Severity>;

/** Returns the highest severity that changesets declare for each package. */
export function together(declarations: readonly Declaration[]): Severities {
  const severities = new Map<string, Severity>();
  for (const [name, severity] of declarations.flatMap((each) => [...each.severities]))
    severities.set(name, highestSeverity([severity, severities.get(name) ?? "none"]));
  return severities;
}

/**
 * Returns `true` if changesets declare a change. If some of them describe it, these must declare it, so that no changelog lists a break
 * under "Minor Changes".
 */
export function isDeclared(declarations: readonly Declaration[], item: ChangeItem): boolean {
  const describing = declarations.filter(({ text }) => describes(text, item));
  return declares(together(describing.length > 0 ? describing : declarations), item);
}

/** Returns `true` if changesets declare a change, and one of them describes it. */
export function isDescribed(declarations: readonly Declaration[], item: ChangeItem): boolean {
  return isDeclared(declarations, item) && declarations.some(({ text }) => describes(text, item));
}

/** Returns `true` if the severity is high enough for a change, in every affected package. */
function declares(severities: Severities, { severity, packages }: ChangeItem): boolean {
  return packages.every((name) => !isMoreSevere(severity, severities.get(name) ?? "none"));
}
