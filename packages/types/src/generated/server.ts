// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type { Server } from "./server-object.ts";

/** The version of the API description that this was generated from. */
export const specVersion: string = "0.1.0";

/** The SHA-256 of that description's file, in hexadecimal: it identifies the file. */
export const specSha256: string = "b61a2371e858762b01b7ee3d4cb83fa2cbf91fa26009afbe17232b3cfbb59e6c";

/** The values that the variables of the server's URL may have. */
export interface ServerVariables {
  /**
   * The tenant's name, the first label of its host name.
   *
   * @default "acme"
   */
  tenant: string;
  /**
   * The version of the API. A yearly version or `beta` comes before every path. A version of the service itself
   * (`v1`) comes after the first segment of the path.
   *
   * @default "v2024"
   */
  apiVersion: "v2024" | "v2025" | "v2026" | "beta" | "v1";
}

/** The API's server. */
export const server: Server = {
  url: "https://{tenant}.api.identitynow.com/{apiVersion}",
  variables: {
    tenant: { default: "acme" },
    apiVersion: { default: "v2024", enum: ["v2024", "v2025", "v2026", "beta"], serviceVersions: ["v1"] },
  },
  tokenUrl: "/oauth/token",
};
