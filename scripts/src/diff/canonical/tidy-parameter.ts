import type { Schema } from "./schema-parts.ts";

/** Removes `style` and `explode` where they repeat the default (OpenAPI 3.1.0, section 4.8.12.2). */
export function tidyParameter(node: Schema): void {
  const { in: place = "header", style, explode } = node;
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  if (explode === ((style ?? usual) === "form")) Reflect.deleteProperty(node, "explode");
  if (style === usual) Reflect.deleteProperty(node, "style");
  if (place === "path") node["required"] = true;
}
