import { readChangesets } from "@changesets/read";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../cli/repository.ts";
import { ToolError } from "../../cli/errors.ts";
import { isPublished } from "../published-packages.ts";
import type { Declaration } from "./declaration.ts";

export interface PendingChangeset extends Declaration {
  /** The name of the file in `.changeset/`, without its extension. */
  readonly id: string;
}

export const changesetFolder = join(root, ".changeset");

/**
 * Reads the changesets for the next release, as far as they are for published packages.
 *
 * @throws ToolError if a changeset is malformed, or has a merge conflict.
 */
export async function readPending(): Promise<readonly PendingChangeset[]> {
  await refuseMergeConflicts();
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

/** @throws ToolError if a changeset contains the markers of a merge conflict. */
export async function refuseMergeConflicts(): Promise<void> {
  for (const name of await readdir(changesetFolder)) {
    if (!name.endsWith(".md")) continue;
    const text = await readFile(join(changesetFolder, name), "utf8");
    const line = text.split(/\r?\n/).findIndex((each) => /^(?:<{7}|>{7}) /.test(each)) + 1;
    if (line > 0)
      throw new ToolError(
        `error  .changeset/${name}:${line}  The changeset has a merge conflict.\n  Resolve it, and remove the conflict markers.`,
      );
  }
}
