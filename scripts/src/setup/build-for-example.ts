// Builds the packages before an example runs. The output of turbo goes to stderr, because an example may write data to stdout. The shell
// of pnpm cannot redirect it.
import { spawnSync } from "node:child_process";

const { status, error } = spawnSync("turbo", ["run", "build", "package", "--output-logs=errors-only"], {
  stdio: ["ignore", 2, 2],
  env: { ...process.env, DO_NOT_TRACK: "1" },
  // turbo is a script on Windows, which only a shell can start.
  shell: process.platform === "win32",
});
if (error) console.error(`turbo did not start: ${error.message}`);
process.exitCode = status ?? 1;
