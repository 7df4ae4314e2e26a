import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe } from "vitest";

/** Finds the first program with one of these names on the PATH. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/**
 * Checks if a program that tests need is on the PATH. If not, it prints a warning, and the caller skips the tests.
 * @throws Error if the program is missing and `REQUIRE_SYSTEM_TESTS=1`.
 */
export function hasProgram(...names: readonly string[]): boolean {
  if (findProgram(...names) !== undefined) return true;
  const problem = `The PATH has no ${names.join(" or ")}`;
  if (process.env["REQUIRE_SYSTEM_TESTS"] === "1")
    throw new Error(`${problem}, and REQUIRE_SYSTEM_TESTS=1 requires it.`);
  console.warn(`SKIPPED: ${problem}. Install it to run the tests that need it.`);
  return false;
}

/** Declares tests that need a program of the system, and passes its path to them. */
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
