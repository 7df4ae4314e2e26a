import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Unit and integration tests: fast, and on loopback alone. `vitest.system.config.ts` has the rest.
// oxlint-disable-next-line import/no-default-export -- vitest reads the default export
export default defineConfig({
  test: {
    include: ["{packages,scripts}/**/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/test/system/**"],
    // A test ends when its condition holds. These limits are for a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The default leaves one core idle, and loads every module anew for each file. A test undoes what it stubs.
    maxWorkers: "100%",
    isolate: false,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    // Many tests start Node: it keeps what it has compiled (https://nodejs.org/api/module.html#module-compile-cache).
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/node", import.meta.url)) },
    slowTestThreshold: 10_000,
    coverage: {
      include: ["packages/client/src/**/*.ts"],
      reporter: ["text-summary"],
      thresholds: { branches: 95 },
    },
  },
});
