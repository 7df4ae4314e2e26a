import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const BIN = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

const DIE_AT = new URL("die-at.ts", import.meta.url).href;

/** The command in a process of its own, ready to serve. */
export interface BinProcess extends AsyncDisposable {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Sends a signal and resolves with the exit code when the process has ended; null when the signal killed it. */
  readonly end: (signal: "SIGTERM" | "SIGKILL") => Promise<number | null>;
  /** Waits for the end like `end`, without a signal. */
  readonly ended: Promise<number | null>;
}

/** @param dieAt Point at which the process kills itself; see `die-at.ts`. */
export async function startBin(args: readonly string[], dieAt?: string): Promise<BinProcess> {
  const [clientId, clientSecret] = ["client", "secret"];
  const all = [BIN, "--port", "0", "--client-id", clientId, "--client-secret", clientSecret, ...args];
  const child = spawn(process.execPath, [...(dieAt === undefined ? [] : ["--import", DIE_AT]), ...all], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, DIE_AT: dieAt },
  });
  const ended: Promise<number | null> = once(child, "exit").then(([code]) => code);
  const first = once(createInterface(child.stdout), "line");
  const line: unknown = await Promise.race([first.then(([text]) => text), ended]);
  const baseUrl = /^listening on (\S+)$/.exec(String(line))?.[1];
  if (baseUrl === undefined) throw new Error(`the command did not start: ${String(line)}`);
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    child.kill(signal);
    return ended;
  };
  return {
    baseUrl,
    clientId,
    clientSecret,
    end,
    ended,
    [Symbol.asyncDispose]: async () => void (await end("SIGKILL")),
  };
}
