import { parseArgs } from "node:util";
import { InvalidFaultError, readFault } from "./faults/read-fault.ts";
import type { Fault } from "./faults/fault.ts";
import type { RateLimit } from "./rate-limit.ts";
import { MAX_SEED } from "./options.ts";
import type { MockTenantOptions } from "./options.ts";

export const USAGE = `Usage: isc-mock-tenant [options]

Runs a mock tenant on 127.0.0.1 until it is interrupted, and writes a line for each request to stderr.

Options:
  --port N             port to listen on, 0 for any free one (default 4010)
  --seed N             how many customizers a new tenant has (default 0)
  --data FILE          file that keeps the state (default none: it ends with the tenant)
  --client-id ID       id of the client that gets tokens (default random)
  --client-secret S    secret of that client (default random)
  --scope SCOPE        what its tokens are granted, may be repeated (default all scopes)
  --token-lifetime N   seconds until a token expires (default 749)
  --rate-limit N/S     requests in so many seconds, or none (default 100/10)
  --max-upload N       bytes that an upload may have (default no limit)
  --fault JSON         a fault that is on from the start, may be repeated
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
  const { scope, data, fault = [] } = values;
  return {
    port: wholeNumber("port", values.port, 65_535),
    seed: wholeNumber("seed", values.seed, MAX_SEED),
    tokenLifetime: wholeNumber("token-lifetime", values["token-lifetime"]),
    rateLimit: rateLimit(values["rate-limit"]),
    faults: fault.map(faultIn),
    ...(values["max-upload"] !== undefined && {
      maxUploadSize: wholeNumber("max-upload", values["max-upload"]),
    }),
    ...(values["client-id"] !== undefined && { clientId: text("client-id", values["client-id"]) }),
    ...(values["client-secret"] !== undefined && {
      clientSecret: text("client-secret", values["client-secret"]),
    }),
    ...(data !== undefined && { data: text("data", data) }),
    ...(scope !== undefined && { scopes: scope.map((one) => text("scope", one)) }),
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: withNegativeNumbers(args),
      options: {
        port: { type: "string", default: "4010" },
        seed: { type: "string", default: "0" },
        data: { type: "string" },
        "client-id": { type: "string" },
        "client-secret": { type: "string" },
        scope: { type: "string", multiple: true },
        "token-lifetime": { type: "string", default: "749" },
        "rate-limit": { type: "string", default: "100/10" },
        "max-upload": { type: "string" },
        fault: { type: "string", multiple: true },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** With `--seed -1` as `--seed=-1`, which is refused for what it is: the parser takes all that begins with a dash for options. */
function withNegativeNumbers(args: readonly string[]): string[] {
  const isValue = (at: number) => /^--[a-z-]+$/.test(args[at - 1] ?? "") && /^-\d/.test(args[at] ?? "");
  return args.flatMap((arg, at) => {
    if (isValue(at)) return [];
    return isValue(at + 1) ? `${arg}=${args[at + 1]}` : arg;
  });
}

function wholeNumber(name: string, text: string, maximum: number = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > maximum) {
    throw new UsageError(`--${name} must be a whole number from 0 to ${maximum}, and is '${text}'.`);
  }
  return value;
}

function text(name: string, value: string): string {
  if (value === "") throw new UsageError(`--${name} must not be empty.`);
  return value;
}

function rateLimit(text: string): RateLimit | false {
  if (text === "none") return false;
  const [, requests = "", seconds = ""] = /^([1-9]\d{0,8})\/([1-9]\d{0,8})$/.exec(text) ?? [];
  if (requests === "")
    throw new UsageError(
      `--rate-limit must be none, or requests and seconds such as 100/10, and is '${text}'.`,
    );
  return { requests: Number(requests), seconds: Number(seconds) };
}

function faultIn(json: string): Fault {
  try {
    return readFault(JSON.parse(json));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InvalidFaultError)
      throw new UsageError(`--fault ${json}: ${error.message}`, { cause: error });
    throw error;
  }
}
