import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "tsdown";
import { bundle, neverBundle } from "../../tsdown.base.ts";

const types = "@isc-customizers/types";

// Every package that a program loads costs time, so the values of the types package are bundled, from their source. The declarations
// import the package.
const client: UserConfig = {
  ...bundle,
  alias: { [types]: fileURLToPath(new URL("../types/src/generated/index.ts", import.meta.url)) },
  deps: { neverBundle, alwaysBundle: [types], dts: { neverBundle: [...neverBundle, types] } },
};

// oxlint-disable-next-line import/no-default-export -- tsdown reads the default export
export default defineConfig([
  { ...client, entry: { index: "src/index.ts" } },
  { ...client, entry: { node: "src/node/index.ts" } },
]);
