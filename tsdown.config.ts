import { defineConfig } from "tsdown";

// Builds all published packages at once, without turbo. Each package has its own configuration too.
// oxlint-disable-next-line import/no-default-export -- tsdown reads the default export
export default defineConfig({ workspace: ["packages/types", "packages/client", "packages/mock-tenant"] });
