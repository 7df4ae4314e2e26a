import { defineConfig } from "tsdown";
import { bundle } from "../../tsdown.base.ts";

// oxlint-disable-next-line import/no-default-export -- tsdown reads the default export
export default defineConfig([
  { ...bundle, entry: { index: "src/index.ts" }, format: "cjs" },
  {
    ...bundle,
    entry: { index: "src/index.ts", bin: "src/bin.ts" },
    format: "esm",
    dts: { oxc: true, entry: "**/src/index.ts" },
    // The command and the main entry share the tenant. The command loads it only on a Node that can run it.
    outputOptions: { codeSplitting: true, minifyInternalExports: false },
    hash: false,
  },
]);
