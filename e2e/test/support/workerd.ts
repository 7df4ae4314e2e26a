import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { build } from "esbuild";
import type { ConformanceInput, Outcomes } from "./runtime.ts";

// https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp
const configWith = (
  bindings: Readonly<Record<string, string>>,
) => `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "worker", esModule = embed "worker-bundle.js")], compatibilityDate = "2026-01-01", bindings = [${Object.entries(
      bindings,
    )
      .map(([name, text]) => `(name = "${name}", text = "${text}")`)
      .join(", ")}])),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", service = "main")],
);
`;

/** Runs the conformance program in a worker, and requests its outcomes over HTTP. */
export async function runOnWorkerd(
  program: string,
  folder: string,
  input: ConformanceInput,
): Promise<Outcomes> {
  const request = { method: "POST", body: JSON.stringify(input) };
  const response = await requestWorker(program, folder, join(folder, "worker.mjs"), {}, request);
  return (await response.json()) as Outcomes;
}

/** Starts a worker with these bindings in a folder, sends it a request, and stops it. */
export async function requestWorker(
  program: string,
  folder: string,
  entry: string,
  bindings: Readonly<Record<string, string>>,
  request: RequestInit,
): Promise<Response> {
  const outfile = join(folder, "worker-bundle.js");
  await build({ entryPoints: [entry], outfile, bundle: true, format: "esm" });
  await writeFile(join(folder, "config.capnp"), configWith(bindings));
  // workerd writes its port to the file descriptor of `--control-fd`.
  const worker = spawn(program, ["serve", "config.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  try {
    const [message] = (await Promise.race([
      once(worker.stdio[3] as Readable, "data"),
      once(worker, "exit").then(([code]) => {
        throw new Error(`workerd exited with ${code} before it listened.`);
      }),
    ])) as [Buffer];
    const { port } = JSON.parse(message.toString()) as { port: number };
    const response = await fetch(`http://127.0.0.1:${port}`, request);
    // The body is read before the worker ends.
    return new Response(await response.arrayBuffer(), response);
  } finally {
    const ended = once(worker, "exit");
    if (worker.kill()) await ended;
  }
}
