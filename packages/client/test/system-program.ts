import { spawnSync } from "node:child_process";
import { test } from "vitest";

/** For tests that need a program of the system's: they are left out where it is missing, unless REQUIRE_SYSTEM_TESTS is set. */
export function testWith(program: string): typeof test {
  const missing = spawnSync(program, ["--version"]).error !== undefined;
  if (!missing || process.env["REQUIRE_SYSTEM_TESTS"]) return test;
  console.warn(`There is no \`${program}\` on this system: the tests that need it are left out.`);
  return test.skip as typeof test;
}
