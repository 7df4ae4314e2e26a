import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { MockTenant } from "@isc-customizers/mock-tenant";

export const examples = fileURLToPath(new URL("../src/", import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program, without the tenant variables of the test's own environment. */
export async function runProgram(
  file: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  cwd?: string,
): Promise<Outcome> {
  const { SAIL_BASE_URL: _url, SAIL_CLIENT_ID: _id, SAIL_CLIENT_SECRET: _secret, ...rest } = process.env;
  const child = spawn(process.execPath, [file, ...args], {
    cwd,
    env: { ...rest, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, stdout, stderr };
}

/** Returns the environment variables for a tenant. */
export function environmentOf({
  baseUrl,
  clientId,
  clientSecret,
}: Pick<MockTenant, "baseUrl" | "clientId" | "clientSecret">) {
  return { SAIL_BASE_URL: baseUrl, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
}
