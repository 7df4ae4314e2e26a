import { runProgram } from "../run-program.ts";

/**
 * Publishes what the registry does not have yet.
 *
 * A statement of provenance is signed with the identity of the workflow's run, which GitHub gives only to workflows that may ask for
 * it (https://docs.npmjs.com/generating-provenance-statements). pnpm would fail without one, and takes this setting from variables of
 * its own, not from npm's.
 */
export async function publish(...args: readonly string[]): Promise<void> {
  const hasIdentity = process.env["ACTIONS_ID_TOKEN_REQUEST_URL"] !== undefined;
  if (!hasIdentity)
    console.log("Publishing without provenance: only a workflow that may ask for an identity can sign it.");
  await runProgram("changeset", ["publish", ...args], hasIdentity ? { PNPM_CONFIG_PROVENANCE: "true" } : {});
}
