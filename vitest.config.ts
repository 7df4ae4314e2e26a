import { defineConfig } from "vitest/config";

// A test ends by what it waits for. The limits are for a machine that is busy with other things.
// oxlint-disable-next-line import/no-default-export -- vitest looks for one
export default defineConfig({ test: { testTimeout: 120_000, hookTimeout: 120_000 } });
