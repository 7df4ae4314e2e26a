import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { output, run } from "./support/command.ts";
import { root } from "./support/repository.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";
import { toolsFolder } from "./support/tools-folder.ts";

const packages = ["types", "client", "mock-tenant"];
/** SPDX identifiers of the licences that only require attribution, or nothing. */
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

  test("publint finds no problem in the tarball", async () => {
    const publint = join(toolsFolder, "node_modules/publint/src/cli.js");
    expect(await output(process.execPath, [publint, "run", tarball, "--strict"], { cwd })).toContain(
      "All good!",
    );
  });

  test("attw finds no problem in the types", async () => {
    const attw = join(toolsFolder, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const report = await output(
      process.execPath,
      [attw, tarball, "--format", "ascii", "--no-color", "--no-emoji"],
      { cwd },
    );
    expect(report).toContain("No problems found");
    for (const resolution of ["node10: OK", "node16 (from CJS): OK (CJS)", "node16 (from ESM): OK (ESM)"])
      expect(report).toContain(resolution);
    expect(report).toContain("bundler: OK");
  });

  test("every production dependency has a permissive licence", async () => {
    const listed = await output("pnpm", ["licenses", "list", "--prod", "--json"], { cwd });
    const licences = Object.keys(JSON.parse(listed) as object);
    expect(licences.filter((licence) => !permissive.has(licence))).toEqual([]);
    if (name !== "types") expect(licences).toContain("MIT");
  });
});

describe("known vulnerabilities", () => {
  test("no production dependency has a vulnerability of high severity", async () => {
    const { code, text } = await audit();
    // Not every registry has an audit service.
    if (code !== 0 && /ERR_PNPM_/.test(text)) return console.warn(`NOT AUDITED: ${text.trim()}`);
    expect(code, text).toBe(0);
  });

  test.for([
    ["high", 1],
    ["moderate", 0],
  ] as const)("an advisory of %s severity makes the audit exit with %d", async ([severity, code]) => {
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
