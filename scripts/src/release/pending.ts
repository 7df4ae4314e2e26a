import { readChangesets } from "@changesets/read";
import { root } from "../cli/repository.ts";
import { ToolError } from "../cli/errors.ts";
import type { Declaration } from "./declaration.ts";
import { isPublished } from "./published-packages.ts";

/** A changeset that waits for the next release. */
export interface PendingChangeset extends Declaration {
  /** The file's name in `.changeset/`, without its ending. */
  readonly id: string;
}

/** The changesets that wait for the next release, as far as they are of published packages. */
export async function readPending(): Promise<readonly PendingChangeset[]> {
  const changesets = await readChangesets(root).catch((error: unknown) => {
    throw new ToolError(
      `A changeset cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  return changesets.map(({ id, summary, releases }) => ({
    id,
    text: summary,
    severities: new Map(
      releases.filter(({ name }) => isPublished(name)).map(({ name, type }) => [name, type]),
    ),
  }));
}
