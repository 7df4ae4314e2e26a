import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// What strips the types off a module and compiles it takes as long as the whole of a run that finds nothing to do. It is kept from
// one run to the next (https://nodejs.org/api/module.html#module-compile-cache): this is no TypeScript, so that all the rest may be.
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/node", import.meta.url)));
await import("../generate/run-generate.ts");
