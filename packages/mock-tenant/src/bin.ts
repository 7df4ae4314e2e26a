#!/usr/bin/env node
import { UsageError, USAGE, parseCommandLine } from "./command-line.ts";
import { PortInUseError } from "./listen.ts";
import { startMockTenant } from "./start-mock-tenant.ts";

try {
  const options = parseCommandLine(process.argv.slice(2));
  if (options === "help") process.stdout.write(USAGE);
  else await run(options);
} catch (error) {
  if (!(error instanceof UsageError || error instanceof PortInUseError)) throw error;
  const hint = error instanceof UsageError ? "\nTry isc-mock-tenant --help." : "";
  process.stderr.write(`isc-mock-tenant: ${error.message}${hint}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function run(options: Parameters<typeof startMockTenant>[0]): Promise<void> {
  const tenant = await startMockTenant(options);
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
