import { machine, machineLine } from "./machine.ts";
import { measureLists } from "./mock-tenant/measure-lists.ts";
import { measureMemory } from "./mock-tenant/measure-memory.ts";
import { measureUploads } from "./mock-tenant/measure-uploads.ts";

// Measures the mock tenant relative to a minimal HTTP server on Node. Every server runs in its own process, and the compared servers
// alternate. The load generator shares the machine with them, so compare the ratios and not the absolute numbers.
const lists = await measureLists();
const memory = await measureMemory();
const uploads = await measureUploads();

if (process.argv.includes("--json")) {
  console.log(JSON.stringify({ ...machine(), lists, memory, uploads }));
} else {
  const { mockPerSecond, barePerSecond, ratio } = lists;
  console.log(`The mock tenant, ${machineLine(machine())}

Lists of 50 customizers in a second, over ten connections
${mockPerSecond.toFixed(0).padStart(8)}  mock tenant, ${ratio.toFixed(3)} x bare
${barePerSecond.toFixed(0).padStart(8)}  bare, sends the same bytes

Memory of the mock tenant after so many lists
${memory.map((entry) => `${mebibytes(entry.memory)}  ${entry.lists.toLocaleString("en")}`).join("\n")}

Upload of 256 MiB: peak memory, and time
${uploads.map((entry) => `${mebibytes(entry.peakMemory)} ${entry.seconds.toFixed(2)} s  ${entry.name}`).join("\n")}`);
}

function mebibytes(bytes: number): string {
  return Number.isNaN(bytes) ? "not measured" : `${(bytes / 1024 ** 2).toFixed(0).padStart(8)} MiB`;
}
