import type { OpenAPI3 } from "../spec/openapi.ts";
import { memberOf } from "../spec/json-pointer.ts";
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

/** The npm package of the client, which exports the error classes: `x-client-package` of the spec's `info`. */
export function clientPackageOf({ info }: OpenAPI3): string | undefined {
  return textOfInfo(info, "x-client-package");
}

/** The code with which the programs of the reference create the client: `x-client-setup` of the spec's `info`. */
export function clientSetupOf({ info }: OpenAPI3): string | undefined {
  return textOfInfo(info, "x-client-setup");
}

function textOfInfo(info: unknown, name: string): string | undefined {
  const value = memberOf(info, name);
  return typeof value === "string" ? value : undefined;
}
