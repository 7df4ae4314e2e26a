// Installs what `pnpm demo` needs: `dependencies`, not the tools for tests and releases in `devDependencies`. It is JavaScript because
// it runs on the Node of the host, before the pinned Node is installed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { performance } from "node:perf_hooks";

// `--prod` would remove the tools of a full install.
const isFullInstall = existsSync("node_modules/vitest");
const args = ["install", ...(isFullInstall ? [] : ["--prod"])];

if (!existsSync("node_modules"))
  console.log("Installing the dependencies. The first time, this takes about half a minute.");
const started = performance.now();
const { status, stdout, error } = spawnSync("pnpm", args, {
  stdio: ["ignore", "pipe", "inherit"],
  encoding: "utf8",
  // pnpm is a script on Windows, which only a shell can start.
  shell: process.platform === "win32",
});
if (status !== 0) {
  process.stderr.write(error ? `pnpm did not start: ${error.message}\n` : stdout);
  process.exit(status ?? 1);
}
console.log(`  install   ${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s`);
