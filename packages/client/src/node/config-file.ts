import { readFileSync } from "node:fs";
import { ConfigurationError } from "../index.ts";

/**
 * The members of a file that holds a JSON object. No error shows what is in it, for it holds secrets.
 * @returns `undefined` when there is no such file
 * @throws ConfigurationError when it cannot be read, or holds something else.
 */
export function readConfigFile(path: string): Readonly<Record<string, unknown>> | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The platform's error quotes the text.
    throw new ConfigurationError(`${path} is not JSON.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new ConfigurationError(`${path} holds no JSON object.`);
}

function readText(path: string): string | undefined {
  try {
    // Some editors begin a file with a byte order mark, which JSON does not allow (RFC 8259, section 8.1).
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new ConfigurationError(`${path} cannot be read: ${message}`, { cause });
  }
}
