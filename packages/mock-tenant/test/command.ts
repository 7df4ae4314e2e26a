import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { accessToken } from "./token.ts";

const BIN = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** Runs the command until it exits. */
export async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code, stdout, stderr };
}

/** The command while it serves. */
export interface RunningCommand extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly baseUrl: string;
  /** The lines of its greeting on stdout. */
  readonly greeting: readonly string[];
  /** Lines of stderr so far. */
  readonly log: () => readonly string[];
  /** Exit code and signal. */
  readonly exit: Promise<unknown[]>;
}

/** Runs the command on any free port. */
export async function start(...args: string[]): Promise<RunningCommand> {
  const child = spawn(process.execPath, [BIN, "--port", "0", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const exit = once(child, "exit");
  let written = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (written += chunk));
  const greeting: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    greeting.push(line);
    if (greeting.length === 4) break;
  }
  if (greeting.length < 4) throw new Error(`The command ended: ${written}`);
  return {
    child,
    baseUrl: greeting[0]?.slice("listening on ".length) ?? "",
    greeting,
    log: () => written.split("\n").filter((line) => line !== ""),
    exit,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await exit;
    },
  };
}

export interface AuthorizedCommand extends RunningCommand {
  readonly clientSecret: string;
  /** A bearer token, as a header. */
  readonly authorization: { readonly Authorization: string };
}

/** Runs the command on any free port, with random credentials, and gets a token from it. */
export async function serve(...args: string[]): Promise<AuthorizedCommand> {
  const command = await start(...args);
  const [clientId = "", clientSecret = ""] = command.greeting
    .slice(2)
    .map((line) => line.replace(/^export \w+=/, ""));
  const token = await accessToken({ baseUrl: command.baseUrl, clientId, clientSecret });
  return { ...command, clientSecret, authorization: { Authorization: `Bearer ${token}` } };
}
