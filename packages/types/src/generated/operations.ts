// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type { Operation } from "./operation.ts";

/** The name of an operation, and of the client's method for it. */
export type OperationId = "listConnectorCustomizers" | "createConnectorCustomizer" | "getConnectorCustomizer" | "putConnectorCustomizer" | "deleteConnectorCustomizer" | "createConnectorCustomizerVersion" | "listConnectorInstances" | "patchConnectorInstance";

/** Every operation, by its name. */
export const operationTable: Readonly<Record<OperationId, Operation>> = {
  listConnectorCustomizers: {
    method: "GET",
    path: "/connector-customizers",
    query: ["offset", "limit"],
    returns: "json",
    pagination: { offset: "offset", limit: "limit", defaultLimit: 250, maxLimit: 250 },
  },
  createConnectorCustomizer: {
    method: "POST",
    path: "/connector-customizers",
    body: { mediaType: "application/json", kind: "json" },
    returns: "json",
  },
  getConnectorCustomizer: { method: "GET", path: "/connector-customizers/{id}", returns: "json" },
  putConnectorCustomizer: {
    method: "PUT",
    path: "/connector-customizers/{id}",
    body: { mediaType: "application/json", kind: "json" },
    returns: "json",
  },
  deleteConnectorCustomizer: { method: "DELETE", path: "/connector-customizers/{id}" },
  createConnectorCustomizerVersion: {
    method: "POST",
    path: "/connector-customizers/{id}/versions",
    body: { mediaType: "application/zip", kind: "binary" },
    returns: "json",
    nullable: true,
  },
  listConnectorInstances: {
    method: "GET",
    path: "/connector-instances",
    headers: { "X-SailPoint-Experimental": "true" },
    returns: "json",
  },
  patchConnectorInstance: {
    method: "PATCH",
    path: "/connector-instances/{id}",
    headers: { "X-SailPoint-Experimental": "true" },
    body: { mediaType: "application/json-patch+json", kind: "json" },
    returns: "json",
  },
};
