// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type { Server } from "./server-object.ts";

/** The version of the API description that this was generated from. */
export const specVersion: string = "0.1.0";

/** The API's server. */
export const server: Server = {
  url: "https://{tenant}.api.identitynow.com/{apiVersion}",
  variables: {
    tenant: { default: "acme" },
    apiVersion: { default: "v2024", enum: ["v2024", "v2025", "v2026", "beta"], serviceVersions: ["v1"] },
  },
  tokenUrl: "/oauth/token",
};
