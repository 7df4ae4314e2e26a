import { tokensOf } from "./pointer.ts";
import type { Subject } from "./spec-diff.ts";
import { methods } from "./usage.ts";

const parts: Readonly<Record<string, Subject>> = {
  schemas: "schema",
  parameters: "parameter",
  requestBody: "request",
  requestBodies: "request",
  responses: "response",
  headers: "response",
  security: "security",
  securitySchemes: "security",
  servers: "server",
};

/** What kind of thing stands at a pointer. */
export function subjectOf(pointer: string): Subject {
  const [root = "", kind = "", third = "", fourth = ""] = tokensOf(pointer);
  if (root === "components") return parts[kind] ?? "document";
  if (root !== "paths") return parts[root] ?? "document";
  return parts[methods.includes(third) ? fourth : third] ?? "operation";
}
