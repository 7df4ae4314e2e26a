import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Returns the path of the zip that `spcx package` built from the project in `packages/examples/customizer`. */
export function customizerZip(): string {
  const project = new URL("../customizer/", import.meta.url);
  const { name, version } = JSON.parse(readFileSync(new URL("package.json", project), "utf8")) as Record<
    string,
    string
  >;
  const path = fileURLToPath(new URL(`dist/${name}-${version}.zip`, project));
  if (!existsSync(path))
    throw new Error(`${path} does not exist yet. Run \`pnpm example NAME\`, which builds it first.`);
  return path;
}
