#!/usr/bin/env node
import { UnsupportedNodeError, requireSupportedNode } from "./supported-node.ts";

try {
  requireSupportedNode();
  // Imported after the check, because an old Node cannot load these modules.
  const { runCommand } = await import("./run-command.ts");
  await runCommand(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UnsupportedNodeError)) throw error;
  process.stderr.write(`isc-mock-tenant: ${error.message}\n`);
  process.exitCode = 1;
}
