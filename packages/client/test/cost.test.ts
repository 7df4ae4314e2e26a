import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../", import.meta.url));

describe("the globals of the platform", () => {
  // Node loads `fetch` or `Request` when it is read, which takes 50 ms and more.
  const program = fileURLToPath(new URL("support/globals.ts", import.meta.url));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, new URL("../dist/index.js", import.meta.url).href],
    { encoding: "utf8" },
  );
  const { atImport, atCreation, atCall } = JSON.parse(stdout || JSON.stringify({ stderr })) as Record<
    string,
    string[]
  >;

  test("are not read when the client is imported", () => expect(atImport).toEqual([]));

  // openapi-fetch reads `process` to recognize Node.
  test("are not read when a client is created, except `URL` and `process`", () =>
    expect(atCreation).toEqual(["URL", "process"]));

  test("are read at the first call", () => {
    expect(atCall).toEqual(expect.arrayContaining(["fetch", "AbortController", "setTimeout"]));
  });
});

// One file with all dependencies, as a bundler creates it for browsers.
describe("a program that lists, minified and compressed", () => {
  const program = `
    import { createClient } from "@isc-customizers/client";
    const client = createClient({ tenant: "acme", auth: { clientId: "a", clientSecret: "b" } });
    for await (const { id } of client.listConnectorCustomizers()) console.log(id);
  `;

  test("is at most 19,950 bytes", async () => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: program, resolveDir: folder },
      bundle: true,
      minify: true,
      platform: "browser",
      format: "esm",
      target: "es2022",
      metafile: true,
      write: false,
    });
    const [file, ...others] = outputFiles;
    expect(others).toEqual([]);
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    expect(Object.keys(metafile.inputs).join("\n")).toMatch(/openapi-fetch\/dist/);
    expect(gzipSync(file?.contents ?? "", { level: 9 }).length).toBeLessThanOrEqual(19_950);
  });
});
