import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Caches the compiled modules from one run to the next: https://nodejs.org/api/module.html#module-compile-cache
// This file is JavaScript, because the cache must be on before the first TypeScript module is loaded.
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/node", import.meta.url)));
await import("../generate/run-generate.ts");
