import { ConfigurationError } from "../errors/errors.ts";

/** @throws ConfigurationError for a list or an object, which OpenAPI has no way to write within another. */
export function plainText(name: string, value: unknown): string {
  if (typeof value !== "object" && typeof value !== "function") return `${value as string}`;
  throw new ConfigurationError(
    `The parameter \`${name}\` is nested too deeply: OpenAPI has no way to write a list or an object within one.`,
  );
}
