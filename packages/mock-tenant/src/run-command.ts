import { UsageError, USAGE, parseCommandLine } from "./command-line.ts";
import { InvalidFaultError } from "./faults/read-fault.ts";
import { PortInUseError } from "./http/listen.ts";
import { logLine } from "./http/log-line.ts";
import { InvalidOptionError } from "./options.ts";
import type { MockTenantOptions } from "./options.ts";
import { startMockTenant } from "./start-mock-tenant.ts";
import { DataFileError } from "./state/database.ts";

/** Runs the command until its tenant listens. Sets the exit code on an error. */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    const options = parseCommandLine(args);
    if (options === "help") process.stdout.write(USAGE);
    else await serve(options);
  } catch (error) {
    const usage = USAGE_ERRORS.some((type) => error instanceof type);
    const expected = usage || error instanceof PortInUseError || error instanceof DataFileError;
    if (!(expected && error instanceof Error)) throw error;
    process.stderr.write(
      `isc-mock-tenant: ${error.message}${usage ? "\nTry isc-mock-tenant --help." : ""}\n`,
    );
    process.exitCode = usage ? 2 : 1;
  }
}

/** Errors of the arguments. The last two need the API's document, so they come when the tenant starts. */
const USAGE_ERRORS = [UsageError, InvalidFaultError, InvalidOptionError];

async function serve(options: MockTenantOptions): Promise<void> {
  const tenant = await startMockTenant({
    ...options,
    // Reply validation tests the mock tenant itself, but users of the command test their own programs.
    validateReplies: false,
    onRequest: (request) => process.stderr.write(`${logLine(request, new Date())}\n`),
  });
  // Only the first signal: a second one ends the process at once.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void tenant.close());
  process.stdout.write(
    [
      `listening on ${tenant.baseUrl}`,
      `export SAIL_BASE_URL=${shellWord(tenant.baseUrl)}`,
      `export SAIL_CLIENT_ID=${shellWord(tenant.clientId)}`,
      `export SAIL_CLIENT_SECRET=${shellWord(tenant.clientSecret)}`,
      "",
    ].join("\n"),
  );
}

/** Quotes `text` as one word of a POSIX shell, if necessary. */
function shellWord(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
