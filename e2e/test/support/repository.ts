import { fileURLToPath } from "node:url";

/** The root of this repository. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The path of the TypeScript compiler, a program for Node. */
export const tsc = fileURLToPath(new URL("../bin/tsc", import.meta.resolve("typescript")));
