import { defineConfig } from "tsdown";
import { bundle } from "../../tsdown.base.ts";

// oxlint-disable-next-line import/no-default-export -- tsdown reads the default export
export default defineConfig({ ...bundle, entry: { index: "src/generated/index.ts" } });
