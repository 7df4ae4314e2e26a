import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { root } from "./repository.ts";
import { toolsFolder } from "./tools-folder.ts";

/** A proxy that validates requests and responses against the spec. */
export interface Prism extends AsyncDisposable {
  /** Resolves when the proxy listens. */
  readonly url: Promise<string>;
}

/**
 * Starts Prism with the spec file in front of an API. Prism answers a request that the spec does not allow, and does not forward it.
 * It lists the violations of a response in the header `sl-violations`, and replaces the response with a 500 if one of them is more
 * than a warning.
 *
 * Its telemetry is off: it connects to `upstream` and to no other host.
 */
export function startPrism(upstream: string): Prism {
  const program = join(toolsFolder, "node_modules/@stoplight/prism-cli/dist/index.js");
  const args = ["proxy", "spec/openapi.yaml", upstream, "--errors", "--host", "127.0.0.1", "--port", "0"];
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...process.env, DO_NOT_TRACK: "1", SCARF_ANALYTICS: "false", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  return {
    url: listening(child.stdout),
    async [Symbol.asyncDispose]() {
      child.kill();
      await closed;
    },
  };
}

async function listening(output: Readable): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface(output)) {
    lines.push(line);
    const url = /Prism is listening on (http:\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    // Prism would block on a full pipe, so the rest of its log must be read.
    output.resume();
    return url;
  }
  throw new Error(`Prism ended before it listened:\n${lines.join("\n")}`);
}
