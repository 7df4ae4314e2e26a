import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { root } from "./repository.ts";
import { toolsFolder } from "./tools-folder.ts";

/** A proxy that holds what passes against the spec. */
export interface Prism extends AsyncDisposable {
  /** Known when it listens. */
  readonly url: Promise<string>;
}

/**
 * Starts Prism, fed with the spec file itself, in front of an API. A request that the spec does not allow is answered by Prism
 * and goes no further. What it objects to in a reply is in the header `sl-violations`, and the reply is replaced by a 500 if
 * that is more than a warning.
 *
 * It is told not to report its use. All its connections and name look-ups have been watched: there are none but to `upstream`.
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
    // Its log is still to be read, or it would come to a halt when the pipe is full.
    output.resume();
    return url;
  }
  throw new Error(`Prism ended before it listened:\n${lines.join("\n")}`);
}
