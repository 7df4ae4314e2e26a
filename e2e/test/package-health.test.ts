import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { output, run } from "./command.ts";
import { root } from "./repository.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";
import { toolsFolder } from "./tools-folder.ts";

const packages = ["types", "client", "mock-tenant"];
/** Licences that ask for no more than to be named, by their SPDX identifiers. */
const permissive = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "PSF-2.0"]);

let folder: TemporaryFolder;
beforeAll(async () => void (folder = await temporaryFolder()));
afterAll(() => folder?.[Symbol.asyncDispose]());

describe.for(packages)("%s", (name) => {
  const cwd = join(root, "packages", name);
  let tarball: string;
  beforeAll(async () => {
    await output("pnpm", ["pack", "--pack-destination", folder.path], { cwd });
    const files = await readdir(folder.path);
    tarball = join(folder.path, files.find((file) => file.startsWith(`isc-customizers-${name}-`)) ?? "");
  });

  test("publint finds nothing wrong with what is published", async () => {
    const publint = join(toolsFolder, "node_modules/publint/src/cli.js");
    expect(await output(process.execPath, [publint, "run", tarball, "--strict"], { cwd })).toContain(
      "All good!",
    );
  });

  test("its types are not wrong for any way to import them", async () => {
    const attw = join(toolsFolder, "node_modules/@arethetypeswrong/cli/dist/index.js");
    // Those that may require it may do so as Node does, for which it has no name yet.
    const args = [attw, tarball, "--profile", "esm-only", "--format", "ascii", "--no-color", "--no-emoji"];
    const told = await output(process.execPath, args, { cwd });
    expect(told).toContain("node16 (from ESM): OK (ESM)");
    expect(told).toContain("bundler: OK");
  });

  test("everything that its users get with it may be used as freely as it", async () => {
    const listed = await output("pnpm", ["licenses", "list", "--prod", "--json"], { cwd });
    const licences = Object.keys(JSON.parse(listed) as object);
    expect(licences.filter((licence) => !permissive.has(licence))).toEqual([]);
    if (name !== "types") expect(licences).toContain("MIT");
  });
});

describe("known vulnerabilities", () => {
  test("there is no severe one in what is used at run time", async () => {
    const { code, text } = await audit();
    // A registry need not have that service.
    if (code !== 0 && /ERR_PNPM_/.test(text)) return console.warn(`NOT AUDITED: ${text.trim()}`);
    expect(code, text).toBe(0);
  });

  test.for([
    ["high", 1],
    ["moderate", 0],
  ] as const)("one of %s severity ends with %d", async ([severity, code]) => {
    const advisory = {
      id: 1,
      url: "https://example.com/advisory",
      title: "Gives everything away",
      severity,
      vulnerable_versions: "*",
      cwe: [],
      cvss: { score: 7, vectorString: null },
    };
    await using registry = createServer((request, response) => {
      request.resume().once("end", () => response.end(JSON.stringify({ "openapi-fetch": [advisory] })));
    }).listen(0, "127.0.0.1");
    await once(registry, "listening");
    const { port } = registry.address() as AddressInfo;
    const outcome = await audit("--registry", `http://127.0.0.1:${port}/`);
    registry.closeAllConnections();
    expect(outcome.text).not.toContain("ERR_PNPM_");
    expect(outcome.code, outcome.text).toBe(code);
  });
});

async function audit(...options: string[]): Promise<{ code: number | null; text: string }> {
  const args = ["audit", "--prod", "--audit-level", "high", ...options];
  const { code, stdout, stderr } = await run("pnpm", args, { cwd: root });
  return { code, text: stdout + stderr };
}
