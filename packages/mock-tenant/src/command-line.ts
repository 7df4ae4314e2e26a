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
  --seed N             number of customizers in a new tenant (default 0)
  --data FILE          file that keeps the state (default: the state is not kept)
  --client-id ID       id of the client that gets tokens (default random)
  --client-secret S    secret of that client (default random)
  --scope SCOPE        scope of its tokens, may be repeated (default all scopes)
  --token-lifetime N   seconds until a token expires (default 749)
  --rate-limit N/S     N requests in S seconds, or none (default 100/10)
  --max-upload N       largest upload, in bytes (default no limit)
  --fault JSON         fault that is on from the start, may be repeated
  --help               print this and exit
`;

/** Thrown when the arguments are invalid; the command prints the message. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Reads the arguments of the command.
 *
 * @returns The options of the tenant, or `"help"` for `--help`.
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

/** Rewrites `--seed -1` as `--seed=-1`. The parser would take `-1` for an option, and its error would not name the range. */
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
    throw new UsageError(`--${name} must be a whole number from 0 to ${maximum}; got '${text}'.`);
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
    throw new UsageError(`--rate-limit must be none or REQUESTS/SECONDS, such as 100/10; got '${text}'.`);
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
