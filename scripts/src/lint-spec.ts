import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

// Redocly's command line, quiet: it would tell its makers of each run, and ask for news of itself.
const root = fileURLToPath(new URL("../../", import.meta.url));
const redocly = fileURLToPath(new URL("bin/cli.js", import.meta.resolve("@redocly/cli/package.json")));
if (process.argv.length > 2) {
  console.error(
    "`pnpm spec:lint` takes no arguments: it lints spec/openapi.yaml, by the rules in redocly.yaml.",
  );
  process.exitCode = 2;
} else {
  const { status } = spawnSync(process.execPath, [redocly, "lint", "spec/openapi.yaml"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  process.exitCode = status ?? 1;
}
