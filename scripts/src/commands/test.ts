import { readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { root } from "../cli/repository.ts";
import { spawnProgram } from "../cli/run-program.ts";
import { runTool } from "../cli/run-command.ts";
import { checks } from "../cli/checks.ts";
import { describeDuration, runStep, runVisibly, type StepResult } from "../cli/steps.ts";

const usage = `Usage: pnpm test [--system]

Builds, checks, and runs the unit and integration tests; with --system, the system tests instead.
\`pnpm test:all\` runs both.
`;

// Relative to the root: an absolute path may contain a space.
const report = "node_modules/.cache/test-report.json";

/** The part of the report of vitest's JSON reporter that the summary shows. */
interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    /** The error of a file that failed as a whole. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

await runTool(usage, { options: { system: { type: "boolean" } } }, async ({ values: { system } }) => {
  await rm(join(root, report), { force: true });
  const build = await turbo("build", "build", "package");
  // The other steps need built packages.
  const others = !build.passed ? [] : system ? await runSystemTests() : await runTests();
  const results = [build, ...others];
  console.log(`\nSummary of ${system ? "the system tests" : "test"}:`);
  for (const result of results) console.log(`  ${result.name.padEnd(8)}  ${describeDuration(result)}`);
  console.log(await countTests());
  const failed = results.filter(({ passed }) => !passed);
  if (failed.some(({ name }) => name === "tests"))
    console.log('If no test failed, the error is under "Unhandled Errors" in the output above.');
  return failed.length === 0 ? 0 : 1;
});

async function runTests(): Promise<StepResult[]> {
  return [await turbo("checks", ...checks), await vitest()];
}

async function runSystemTests(): Promise<StepResult[]> {
  return [
    await runStep("tools", () => spawnProgram("pnpm", ["run", "e2e:tools"])),
    await turbo("unused", "check:unused"),
    await vitest("--config", "vitest.system.config.ts"),
    await runVisibly("coverage", "vitest", ["run", "packages/client", "--coverage"]),
    await runVisibly("mutation", "pnpm", ["--filter", "@isc-customizers/client", "run", "mutate"]),
  ];
}

function turbo(name: string, ...tasks: readonly string[]): Promise<StepResult> {
  return runStep(name, () =>
    spawnProgram("turbo", ["run", ...tasks, "--continue", "--output-logs=errors-only"]),
  );
}

function vitest(...args: readonly string[]): Promise<StepResult> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return runVisibly("tests", "vitest", ["run", ...reporters, ...args]);
}

async function countTests(): Promise<string> {
  const text = await readFile(join(root, report), "utf8").catch(() => undefined);
  if (text === undefined) return "No test ran.";
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(text) as TestReport;
  // The end of a log is what a reader sees first, so it names each failure.
  const failed = testResults.filter(({ status }) => status === "failed").map(describeFailures);
  return `${failed.join("")}${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`;
}

function describeFailures({ name, message, assertionResults }: TestReport["testResults"][number]): string {
  const tests = assertionResults
    .filter(({ status }) => status === "failed")
    .map(({ fullName, failureMessages }) => `  ${fullName}\n${indent(failureMessages.join("\n"))}\n`);
  return `Failed: ${relative(root, name)}\n${tests.length > 0 ? tests.join("") : `${indent(message)}\n`}`;
}

/** The first lines of an error: its message, and where in this repository it was thrown. */
function indent(error: string): string {
  const lines = error
    .split("\n")
    .filter((line) => !line.includes("node_modules"))
    .slice(0, 12);
  return lines.map((line) => `    ${line.slice(0, 300)}`).join("\n");
}
