import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { machine, machineLine } from "./machine.ts";
import { median } from "./median.ts";

// Measures the CPU time of a Node process that loads the client, relative to a process that loads nothing. The programs alternate, so
// that a slow moment of the machine affects all of them. Compare the ratios; the absolute times depend on the machine.
const load = (name: string) => ["module", `import ${JSON.stringify(name)};`] as const;
const programs: Record<string, readonly [type: "module" | "commonjs", code: string]> = {
  "an empty process": ["module", ""],
  "openapi-fetch": load("openapi-fetch"),
  "@isc-customizers/client": load("@isc-customizers/client"),
  "@isc-customizers/client, required": ["commonjs", 'require("@isc-customizers/client");'],
  "@isc-customizers/client/node": load("@isc-customizers/client/node"),
};
const names = Object.keys(programs);
const cwd = fileURLToPath(new URL("../", import.meta.url));
const printUsage =
  "const { user, system } = process.cpuUsage(); process.stdout.write(String(user + system));";

/** Runs a program in its own process, and returns the CPU time of the process, user and system, in milliseconds. */
function cpuTime(name: string): number {
  const [type, code] = programs[name] ?? ["module", ""];
  const args = [`--input-type=${type}`, "--eval", `${code}\n${printUsage}`];
  return Number(execFileSync(process.execPath, args, { cwd, encoding: "utf8" })) / 1000;
}

/** Measures each program once. A different program goes first each time. */
function runRound(round: number): Map<string, number> {
  const order = names.map((_, index) => names[(index + round) % names.length] ?? "");
  return new Map(order.map((name) => [name, cpuTime(name)]));
}

// Fills the system's file cache before the measurement.
for (let round = 0; round < 3; round++) runRound(round);
const rounds: Map<string, number>[] = [];
for (let round = 0; round < 80; round++) rounds.push(runRound(round));

const timesOf = (name: string) => rounds.map((round) => round.get(name) ?? Number.NaN);
const results = names.map((name) => ({
  name,
  ratio: median(
    rounds.map((round) => (round.get(name) ?? Number.NaN) / (round.get(names[0] ?? "") ?? Number.NaN)),
  ),
  medianMs: median(timesOf(name)),
}));
if (process.argv.includes("--json")) {
  console.log(JSON.stringify({ ...machine(), results }));
} else {
  console.log(`CPU time of a process that imports, ${machineLine(machine())}\n`);
  for (const { name, ratio, medianMs } of results)
    console.log(`${ratio.toFixed(2).padStart(6)} x  ${name.padEnd(34)} median ${medianMs.toFixed(1)} ms`);
}
