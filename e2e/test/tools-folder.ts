import { fileURLToPath } from "node:url";

/** Where `pnpm e2e:tools` installs the runtimes, compilers and judges that the published packages are tried with. */
export const toolsFolder = fileURLToPath(new URL("../tools/", import.meta.url));
