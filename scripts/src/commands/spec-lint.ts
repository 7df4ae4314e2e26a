import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "../cli/repository.ts";
import { runTool } from "../cli/run-command.ts";

const usage = "Usage: pnpm spec:lint\n\nLints spec/openapi.yaml, by the rules in redocly.yaml.";

// Runs Redocly's command line without telemetry and without the check for updates.
await runTool(usage, {}, async () => {
  const redocly = fileURLToPath(new URL("bin/cli.js", import.meta.resolve("@redocly/cli/package.json")));
  const { status } = spawnSync(process.execPath, [redocly, "lint", "spec/openapi.yaml"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  return status ?? 1;
});
