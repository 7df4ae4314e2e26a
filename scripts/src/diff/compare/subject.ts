import { tokensOf } from "../../spec/json-pointer.ts";
import type { Subject } from "../spec-diff.ts";
import { isHttpMethod } from "../../spec/http-methods.ts";

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
  return parts[isHttpMethod(third) ? fourth : third] ?? "operation";
}
