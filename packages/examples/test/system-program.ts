import { spawnSync } from "node:child_process";

/**
 * Whether the system has a program that tests need. Where it is missing they are left out, but for REQUIRE_SYSTEM_TESTS: then
 * they fail.
 */
export function hasProgram(name: string): boolean {
  const missing = spawnSync(name, ["--version"]).error !== undefined;
  if (!missing || process.env["REQUIRE_SYSTEM_TESTS"]) return true;
  console.warn(`There is no \`${name}\` on this system: the tests that need it are left out.`);
  return false;
}
