import { fileURLToPath } from "node:url";

/** The folder in which `pnpm e2e:tools` installs the runtimes, compilers and validators that test the packages. */
export const toolsFolder = fileURLToPath(new URL("../../tools/", import.meta.url));
