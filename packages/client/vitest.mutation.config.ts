import { defineConfig } from "vitest/config";

// The tests of the files that Stryker mutates (`mutate` in `stryker.config.json`).
// oxlint-disable-next-line import/no-default-export -- vitest reads the default export
export default defineConfig({
  test: {
    include: [
      "test/auth/token-freshness.test.ts",
      "test/errors/redact.test.ts",
      "test/methods/repeated-page.test.ts",
      "test/openapi/{api-version,parameter-serializers,path-parameters}.test.ts",
      "test/transport/{backoff,sliding-window,retry-after,retry-policy,retry-quota}.test.ts",
    ],
    testTimeout: 120_000,
  },
});
