import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe } from "vitest";

/** The path of the first program on the PATH that has one of these names; undefined when there is none. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/**
 * Tests that need a program of the system, given its path. Where it is missing they are skipped, and that is said aloud; with
 * `REQUIRE_SYSTEM_TESTS=1` the file fails.
 */
export function describeWithProgram(names: readonly string[], tests: (program: string) => void): void {
  const program = findProgram(...names);
  if (program === undefined) {
    const problem = `There is no ${names.join(" or ")} on the PATH`;
    if (process.env["REQUIRE_SYSTEM_TESTS"] === "1")
      throw new Error(`${problem}, and REQUIRE_SYSTEM_TESTS=1 demands one.`);
    console.warn(`SKIPPED: ${problem}. Install one to run the tests that need it.`);
  }
  describe.skipIf(program === undefined)(`with ${names[0]}`, () => {
    tests(program ?? "");
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
