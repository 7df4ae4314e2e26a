import { propertyName } from "../../naming/names.ts";

const width = 100;

/** Formats a JSON value as TypeScript, on one line if it fits. */
export function literal(value: unknown, indent = ""): string {
  const line = inline(value);
  if (line.length + indent.length <= width || typeof value !== "object" || value === null) return line;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const members = Array.isArray(value)
    ? value.map((item) => literal(item, deeper))
    : Object.entries(value).map(([name, member]) => `${propertyName(name)}: ${literal(member, deeper)}`);
  return `${open}\n${members.map((member) => `${deeper}${member},\n`).join("")}${indent}${close}`;
}

/** The lines of objects. Without them, every level of a value would format all deeper levels again. */
const lines = new WeakMap<object, string>();

function inline(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const line = lines.get(value) ?? inlineObject(value);
  lines.set(value, line);
  return line;
}

function inlineObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  const members = Object.entries(value).map(([name, member]) => `${propertyName(name)}: ${inline(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
