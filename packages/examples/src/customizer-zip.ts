import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The zip that `spcx package` made of the project in `packages/examples/customizer`. */
export function customizerZip(): string {
  const project = new URL("../customizer/", import.meta.url);
  const { name, version } = JSON.parse(readFileSync(new URL("package.json", project), "utf8")) as Record<
    string,
    string
  >;
  const path = fileURLToPath(new URL(`dist/${name}-${version}.zip`, project));
  if (!existsSync(path)) throw new Error(`${path} is not there yet: \`pnpm example NAME\` builds it first.`);
  return path;
}
