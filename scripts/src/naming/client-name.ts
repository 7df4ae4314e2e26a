import type { OpenAPI3 } from "../spec/openapi.ts";
import { isIdentifier } from "./names.ts";

const fallback = "client";

/** Names that an example declares itself; see `example.ts`. */
const taken = new Set(["data", "form", "item", "openAsBlob"]);

/**
 * The variable that holds the client in every example: `x-client-name` of the spec's `info`, which spec/README.md describes.
 * `undefined` if an example cannot use this name.
 * @default "client"
 */
export function clientNameOf({ info }: OpenAPI3): string | undefined {
  const { "x-client-name": name = fallback } = Object(info) as Readonly<Record<string, unknown>>;
  return typeof name === "string" && isIdentifier(name) && !taken.has(name) ? name : undefined;
}

/** The name of the client in examples if `x-client-name` is missing or unusable. */
export function exampleClientName(document: OpenAPI3): string {
  return clientNameOf(document) ?? fallback;
}
