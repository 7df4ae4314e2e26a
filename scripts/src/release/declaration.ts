import { gravest, isGraver, type Severity } from "../diff/severity.ts";
import type { ChangeItem } from "./change-item.ts";

/** What changesets say: in words, and of each package that they name. */
export interface Declaration {
  readonly text: string;
  readonly severities: ReadonlyMap<string, Severity>;
}

/** What several changesets say together: of each package, the gravest. */
export function together(declarations: readonly Declaration[]): Declaration {
  const severities = new Map<string, Severity>();
  for (const [name, severity] of declarations.flatMap((one) => [...one.severities]))
    severities.set(name, gravest([severity, severities.get(name) ?? "none"]));
  return { text: declarations.map(({ text }) => text).join("\n"), severities };
}

/** Whether enough is declared for a change, of every package whose users it meets. */
export function declares({ severities }: Declaration, { severity, packages }: ChangeItem): boolean {
  return packages.every((name) => !isGraver(severity, severities.get(name) ?? "none"));
}
