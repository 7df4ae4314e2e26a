import { defineConfig, mergeConfig } from "vitest/config";
import unit from "./vitest.config.ts";

// System tests: soak, load, memory, browsers, Redis, other runtimes, registries. They take minutes and the network.
// oxlint-disable-next-line import/no-default-export -- vitest reads the default export
export default mergeConfig(
  { test: { ...unit.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ["{packages,scripts}/**/test/system/**/*.test.ts", "e2e/test/**/*.test.ts"],
      exclude: ["**/node_modules/**", "**/dist/**"],
    },
  }),
);
