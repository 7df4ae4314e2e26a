#!/usr/bin/env node
import { UsageError, USAGE, parseCommandLine } from "./command-line.ts";
import { PortInUseError } from "./http/listen.ts";
import { logLine } from "./http/log-line.ts";
import { startMockTenant } from "./start-mock-tenant.ts";
import type { MockTenantOptions } from "./start-mock-tenant.ts";
import { DataFileError } from "./state/database.ts";

try {
  const options = parseCommandLine(process.argv.slice(2));
  if (options === "help") process.stdout.write(USAGE);
  else await run(options);
} catch (error) {
  const usage = error instanceof UsageError;
  if (!(usage || error instanceof PortInUseError || error instanceof DataFileError)) throw error;
  process.stderr.write(`isc-mock-tenant: ${error.message}${usage ? "\nTry isc-mock-tenant --help." : ""}\n`);
  process.exitCode = usage ? 2 : 1;
}

async function run(options: MockTenantOptions): Promise<void> {
  const tenant = await startMockTenant({
    ...options,
    // For tests of the mock tenant's own: whoever runs it in the foreground tests something else.
    validateReplies: false,
    onRequest: (request) => process.stderr.write(`${logLine(request, new Date())}\n`),
  });
  // Taken once each: a second signal ends the process at once, as by default.
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

/** `text` as one word of a POSIX shell, quoted where it must be. */
function shellWord(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
