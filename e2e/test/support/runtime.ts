import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "../../../packages/mock-tenant/test/system/system-program.ts";
import { chromiumVersion, runInChromium } from "./chromium.ts";
import { output } from "./command.ts";
import { toolsFolder } from "./tools-folder.ts";
import { runOnWorkerd } from "./workerd.ts";

/** `passed` or the error, by check name. */
export type Outcomes = Readonly<Record<string, string>>;

/** The input of the conformance program. */
export interface ConformanceInput {
  readonly tenant: { readonly baseUrl: string; readonly clientId: string; readonly clientSecret: string };
  /** A zip to upload, in base64. */
  readonly zip: string;
}

/** A JavaScript runtime. */
export interface Runtime {
  readonly name: string;
  /** The path of the executable; undefined if this system does not have it. */
  readonly program: string | undefined;
  /** True when `pnpm e2e:tools` installs the runtime, false when the system provides it. */
  readonly pinned: boolean;
  readonly version: (program: string) => Promise<string>;
  /** Runs the conformance program in a consumer's folder. */
  readonly run: (program: string, folder: string, input: ConformanceInput) => Promise<Outcomes>;
  /** Runs a CommonJS module and returns its output. Absent if the runtime has no CommonJS. */
  readonly require?: (program: string, folder: string, file: string) => Promise<string>;
}

const exe = process.platform === "win32" ? ".exe" : "";

export const runtimes: readonly Runtime[] = [
  // The first is the oldest that `engines` allows.
  ...["20.3", "20", "22", "24", "26"].map((release) =>
    commandLine(`Node ${release}`, `node-${release}/bin/node`),
  ),
  commandLine("Bun", "bun/bin/bun.exe"),
  // The options keep Deno from contacting a registry, and grant only the permissions that the program needs.
  commandLine("Deno", `deno/deno${exe}`, [
    "run",
    "--node-modules-dir=manual",
    "--cached-only",
    "--no-prompt",
    "--allow-read",
    "--allow-env",
    "--allow-net=127.0.0.1",
  ]),
  {
    name: "workerd",
    program: installed(`workerd/bin/workerd${exe}`),
    pinned: true,
    version: printedVersion,
    run: runOnWorkerd,
  },
  {
    name: "Chromium",
    program: findProgram("chromium", "chromium-browser", "google-chrome"),
    pinned: false,
    version: chromiumVersion,
    run: runInChromium,
  },
];

interface Available extends Runtime {
  readonly program: string;
}

/** The runtimes that this system has. */
export const available: readonly Available[] = runtimes.filter((runtime): runtime is Available => {
  if (runtime.program !== undefined) return true;
  const problem = `This system has no ${runtime.name}`;
  if (process.env["REQUIRE_SYSTEM_TESTS"] === "1")
    throw new Error(`${problem}, and REQUIRE_SYSTEM_TESTS=1 requires it.`);
  console.warn(`SKIPPED: ${problem}.`);
  return false;
});

function commandLine(name: string, file: string, options: readonly string[] = []): Runtime {
  const start = (program: string, folder: string, args: readonly string[]) =>
    output(program, [...options, ...args], { cwd: folder, env: { DENO_NO_UPDATE_CHECK: "1" } });
  return {
    name,
    program: installed(file),
    pinned: true,
    version: printedVersion,
    run: async (program, folder, input) => {
      await writeFile(join(folder, "input.json"), JSON.stringify(input));
      const outcomes = await start(program, folder, ["command-line.mjs", "input.json"]);
      return JSON.parse(outcomes) as Outcomes;
    },
    require: (program, folder, file) => start(program, folder, [file]),
  };
}

function installed(file: string): string | undefined {
  const program = join(toolsFolder, "node_modules", file);
  return existsSync(program) ? program : undefined;
}

async function printedVersion(program: string): Promise<string> {
  const text = await output(program, ["--version"], { cwd: toolsFolder });
  return /\d[\w.-]*/.exec(text)?.[0] ?? text;
}
