import { highestSeverity, type Severity } from "../../diff/severity.ts";
import type { ChangeItem, ChangeItems } from "./change-item.ts";
import { isDeclared, together } from "./declaration.ts";
import type { PendingChangeset } from "./pending.ts";

/** The severity that the changes since the last release require, and the one that the pending changesets declare. */
export interface SeverityCheck {
  readonly required: Severity;
  readonly declared: Severity;
  /** The changes that require more of a package than is declared. */
  readonly undeclared: readonly ChangeItem[];
}

export function checkSeverities(
  { spec, types }: ChangeItems,
  pending: readonly PendingChangeset[],
): SeverityCheck {
  const items = [...spec, ...types];
  return {
    required: highestSeverity(items.map(({ severity }) => severity)),
    declared: highestSeverity([...together(pending).values()]),
    undeclared: items.filter((item) => !isDeclared(pending, item)),
  };
}

/** Describes the undeclared changes, and how to declare them. Empty if there are none. */
export function describeMissing({ undeclared }: SeverityCheck, pending: number): string {
  if (undeclared.length === 0) return "";
  const problem =
    pending === 0 ? "No changeset is pending" : "The pending changesets declare too low a severity";
  const required = highestSeverity(undeclared.map(({ severity }) => severity));
  const lines = undeclared.map(
    ({ severity, group, text, packages }) =>
      `  ${severity.padEnd(5)}  ${group}: ${text}\n         in ${packages.join(", ")}`,
  );
  return [
    `${problem}, and these changes since the last release require ${required}:`,
    lines.join("\n"),
    `Run \`pnpm changeset:draft\`, and commit the changeset that it writes. Or write one yourself with \`pnpm exec changeset\`.`,
  ].join("\n\n");
}
