import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../repository.ts";
import { parseLine } from "../tool.ts";
import { describeDuration, runStep, type Step, type StepResult } from "./steps.ts";

// `pnpm test`: build, checks, unit and integration tests. With `--system`, only what `pnpm test:all` runs after it.

/** The part of the report of vitest's JSON reporter that the summary shows. */
interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
}

const report = join(root, "node_modules/.cache/test-report.json");

const turbo = (name: string, ...tasks: readonly string[]): Step => ({
  name,
  command: "turbo",
  args: ["run", ...tasks, "--output-logs=errors-only"],
});

const vitest = (name: string, ...args: readonly string[]): Step => ({
  name,
  command: "vitest",
  args: ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...args],
  showOutput: true,
});

const unitSteps: readonly Step[] = [
  turbo("build", "build", "package"),
  turbo("format", "check:format"),
  turbo("lint", "check:lint"),
  turbo("types", "check:types"),
  turbo("drift", "check:drift", "check:api"),
  turbo("spec", "check:spec"),
  vitest("tests", "--coverage"),
];

const systemSteps: readonly Step[] = [
  turbo("build", "build", "package"),
  {
    name: "tools",
    command: "pnpm",
    args: ["--dir", "e2e/tools", "install", "--frozen-lockfile", "--prefer-offline"],
  },
  turbo("unused", "check:unused"),
  vitest("tests", "--config", "vitest.system.config.ts"),
  {
    name: "mutation",
    command: "pnpm",
    args: ["--filter", "@isc-customizers/client", "run", "mutate"],
    showOutput: true,
  },
];

const { values } = parseLine(process.argv.slice(2), { options: { system: { type: "boolean" } } });
await rm(report, { force: true });
const results: StepResult[] = [];
for (const step of values.system ? systemSteps : unitSteps) {
  const result = await runStep(step);
  results.push(result);
  // Nothing else can be trusted when the packages do not build.
  if (!result.passed && step.name === "build") break;
}

const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
  await readFile(report, "utf8").catch(() => '{"numPassedTests":0,"numFailedTests":0,"numPendingTests":0}'),
) as TestReport;
console.log(`\n${values.system ? "System tests" : "Test"} summary`);
for (const result of results) console.log(`  ${result.name.padEnd(8)}  ${describeDuration(result)}`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
if (results.some(({ passed }) => !passed)) process.exitCode = 1;
