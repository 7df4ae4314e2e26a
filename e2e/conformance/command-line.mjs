import { readFile } from "node:fs/promises";
import { conformance } from "./conformance.mjs";

// The entry for runtimes with a command line: Node, Bun and Deno.
const [, , file] = process.argv;
console.log(JSON.stringify(await conformance(JSON.parse(await readFile(file, "utf8")))));
