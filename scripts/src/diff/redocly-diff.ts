import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { OpenAPI3 } from "openapi-typescript";

/** A difference of two documents, as Redocly's `diff` finds and rates it. */
export interface RedoclyChange {
  readonly typeName: string;
  readonly kind: "added" | "modified" | "removed";
  readonly impact: "major" | "minor" | "patch";
  readonly property?: string;
  readonly base?: { readonly pointer: string };
  readonly revision?: { readonly pointer: string };
}

/**
 * What Redocly's `diff` says of two documents. Its library is bundled into its command line and not published by itself, so
 * that this is a process of its own, which is under way when the call returns. Without `diff-recommended` it rates no change as breaking.
 * https://redocly.com/docs/cli/commands/diff
 */
export async function redoclyDiff(base: OpenAPI3, head: OpenAPI3): Promise<RedoclyChange[]> {
  // `pnpm demo` imports this module, and installs no Redocly.
  const redocly = fileURLToPath(new URL("bin/cli.js", import.meta.resolve("@redocly/cli/package.json")));
  const folder = mkdtempSync(join(tmpdir(), "spec-diff-"));
  try {
    writeFileSync(join(folder, "redocly.yaml"), "extends: [recommended, diff-recommended]\n");
    writeFileSync(join(folder, "base.json"), JSON.stringify(base));
    writeFileSync(join(folder, "head.json"), JSON.stringify(head));
    const options = "--config redocly.yaml --format json --fail-on none --output diff.json".split(" ");
    await promisify(execFile)(process.execPath, [redocly, "diff", "base.json", "head.json", ...options], {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
    const report: { changes: RedoclyChange[] } = JSON.parse(
      await readFile(join(folder, "diff.json"), "utf8"),
    );
    return report.changes;
  } finally {
    await rm(folder, { recursive: true });
  }
}
