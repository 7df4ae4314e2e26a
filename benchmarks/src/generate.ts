import { machine, machineLine } from "./machine.ts";
import { measureGeneration } from "./generate/measure-generation.ts";
import { measureWatch } from "./generate/measure-watch.ts";

// Measures `pnpm generate` relative to openapi-typescript's own command, which writes only one of the generated files. Every run is
// a new process, and the compared programs alternate. Compare the ratios; the absolute times depend on the machine.
const generations = await measureGeneration();
const watch = await measureWatch();

if (process.argv.includes("--json")) {
  console.log(JSON.stringify({ ...machine(), generations, watch }));
} else {
  console.log(`The generator, ${machineLine(machine())}

All of a spec: time, and peak memory                openapi-typescript
${generations
  .map(({ name, ratio, generate, openapiTypescript }) =>
    [
      name.padEnd(26),
      cost(generate),
      cost(openapiTypescript),
      `  ratio of the times ${ratio.toFixed(2)}`,
    ].join(""),
  )
  .join("\n")}

From a save to the last file, under --watch
${seconds(watch.median)}  in the middle of ${watch.saves} saves
${seconds(watch.slowest)}  at most`);
}

function cost({ seconds: time, peakMemory }: { seconds: number; peakMemory: number }): string {
  return `${seconds(time)}${(peakMemory / 1024 ** 2).toFixed(0).padStart(6)} MiB`;
}

function seconds(value: number): string {
  return `${value.toFixed(2).padStart(8)} s`;
}
