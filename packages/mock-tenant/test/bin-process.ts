import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** The command, running as a process of its own and ready to serve. */
export interface BinProcess extends AsyncDisposable {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Sends a signal and resolves when the process is gone, with its exit code; null when it died of the signal. */
  readonly end: (signal: "SIGTERM" | "SIGKILL") => Promise<number | null>;
}

export async function startBin(...args: string[]): Promise<BinProcess> {
  const [clientId, clientSecret] = ["client", "secret"];
  const all = [BIN, "--port", "0", "--client-id", clientId, "--client-secret", clientSecret, ...args];
  const child = spawn(process.execPath, all, { stdio: ["ignore", "pipe", "ignore"] });
  const exit: Promise<[number | null]> = once(child, "exit").then(([code]) => [code]);
  const [line]: unknown[] = await Promise.race([once(createInterface(child.stdout), "line"), exit]);
  const baseUrl = /^listening on (\S+)$/.exec(String(line))?.[1];
  if (baseUrl === undefined) throw new Error(`the command did not start: ${String(line)}`);
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    child.kill(signal);
    return (await exit)[0];
  };
  return {
    baseUrl,
    clientId,
    clientSecret,
    end,
    [Symbol.asyncDispose]: async () => void (await end("SIGKILL")),
  };
}
