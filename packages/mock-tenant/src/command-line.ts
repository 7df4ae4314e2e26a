import { parseArgs } from "node:util";
import { MAX_CUSTOMIZERS, type MockTenantOptions } from "./start-mock-tenant.ts";

export const USAGE = `Usage: isc-mock-tenant [options]

Runs a mock tenant on 127.0.0.1 until it is interrupted.

Options:
  --port N             port to listen on, 0 for any free one (default 4010)
  --customizers N      how many customizers there are at the start (default 0)
  --client-id ID       id of the client that gets tokens (default random)
  --client-secret S    secret of that client (default random)
  --help               print this and exit
`;

/** Thrown when the arguments make no sense; the message is for the person who typed them. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Reads the arguments of the command.
 *
 * @returns The options of the tenant, or `"help"` when help is asked for.
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[]): MockTenantOptions | "help" {
  const values = readArguments(args);
  if (values.help) return "help";
  const clientId = text("client-id", values["client-id"]);
  const clientSecret = text("client-secret", values["client-secret"]);
  return {
    port: wholeNumber("port", values.port, 65_535),
    customizers: wholeNumber("customizers", values.customizers, MAX_CUSTOMIZERS),
    ...(clientId !== undefined && { clientId }),
    ...(clientSecret !== undefined && { clientSecret }),
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "4010" },
        customizers: { type: "string", default: "0" },
        "client-id": { type: "string" },
        "client-secret": { type: "string" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function wholeNumber(name: string, text: string, maximum: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > maximum) {
    throw new UsageError(`--${name} must be a whole number from 0 to ${maximum}, and is '${text}'.`);
  }
  return value;
}

function text(name: string, value: string | undefined): string | undefined {
  if (value === "") throw new UsageError(`--${name} must not be empty.`);
  return value;
}
