import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe } from "vitest";

/** The path of the first program on the PATH that has one of these names; undefined when there is none. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/**
 * Whether there is a program that tests need. Where it is missing they are to be skipped, and that is said aloud.
 * @throws where it is missing and `REQUIRE_SYSTEM_TESTS=1`.
 */
export function hasProgram(...names: readonly string[]): boolean {
  if (findProgram(...names) !== undefined) return true;
  const problem = `There is no ${names.join(" or ")} on the PATH`;
  if (process.env["REQUIRE_SYSTEM_TESTS"] === "1")
    throw new Error(`${problem}, and REQUIRE_SYSTEM_TESTS=1 demands one.`);
  console.warn(`SKIPPED: ${problem}. Install one to run the tests that need it.`);
  return false;
}

/** Tests that need a program of the system, given its path. */
export function describeWithProgram(names: readonly string[], tests: (program: string) => void): void {
  const program = hasProgram(...names) ? findProgram(...names) : undefined;
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
