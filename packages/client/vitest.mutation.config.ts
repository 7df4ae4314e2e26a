import { defineConfig } from "vitest/config";

// The tests of the files that Stryker mutates.
// oxlint-disable-next-line import/no-default-export -- vitest looks for one
export default defineConfig({
  test: {
    include: [
      "test/{auth/token-freshness,errors/redact,methods/repeated-page,openapi/{api-version,path-parameters,serializers},transport/{rate-limiter,retry-after,retry-policy,retry-quota}}.test.ts",
    ],
    testTimeout: 120_000,
  },
});
