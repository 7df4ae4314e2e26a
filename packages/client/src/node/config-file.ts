import { readFileSync } from "node:fs";
import { ConfigurationError } from "../index.ts";

/**
 * Reads a file that contains a JSON object. No error shows its content, because it contains secrets.
 * @returns `undefined` when the file does not exist
 * @throws ConfigurationError when the file cannot be read, or contains something else
 */
export function readConfigFile(path: string): Readonly<Record<string, unknown>> | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The runtime's error quotes the text.
    throw new ConfigurationError(`${path} is not valid JSON.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new ConfigurationError(`${path} must contain a JSON object.`);
}

function readText(path: string): string | undefined {
  try {
    // Some editors write a byte order mark, which JSON does not allow (RFC 8259, section 8.1).
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new ConfigurationError(`${path} cannot be read: ${message}`, { cause });
  }
}
