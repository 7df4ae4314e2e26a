import { defineConfig } from "vitest/config";

// The tests of what is mutated, and none that take long.
// oxlint-disable-next-line import/no-default-export -- vitest looks for one
export default defineConfig({
  test: {
    include: [
      "test/{policies,pure-functions,policy-properties,auth/token-freshness,errors/redact,openapi/path-parameters,transport/rate-limiter}.test.ts",
    ],
    testTimeout: 120_000,
  },
});
