import { defineConfig } from "vitest/config";

// System tests: soak, load, memory, browsers, Redis, other runtimes, registries. They take minutes and use the network.
// oxlint-disable-next-line import/no-default-export -- vitest reads the default export
export default defineConfig({
  test: {
    include: ["{packages,scripts}/**/test/system/**/*.test.ts", "e2e/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    slowTestThreshold: 60_000,
    maxWorkers: "100%",
  },
});
