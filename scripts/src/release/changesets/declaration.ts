import { highestSeverity, isMoreSevere, type Severity } from "../../diff/severity.ts";
import type { ChangeItem } from "./change-item.ts";

/** The text of changesets, and the severity that they declare for each package. */
export interface Declaration {
  readonly text: string;
  readonly severities: ReadonlyMap<string, Severity>;
}

/** Joins declarations. The highest severity of each package counts. */
export function together(declarations: readonly Declaration[]): Declaration {
  const severities = new Map<string, Severity>();
  for (const [name, severity] of declarations.flatMap((each) => [...each.severities]))
    severities.set(name, highestSeverity([severity, severities.get(name) ?? "none"]));
  return { text: declarations.map(({ text }) => text).join("\n"), severities };
}

/** Returns `true` if the severity is high enough for a change, in every affected package. */
export function declares({ severities }: Declaration, { severity, packages }: ChangeItem): boolean {
  return packages.every((name) => !isMoreSevere(severity, severities.get(name) ?? "none"));
}
