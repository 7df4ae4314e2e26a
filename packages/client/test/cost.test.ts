import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../", import.meta.url));

describe("the platform's globals", () => {
  // To look up `fetch` or `Request` makes Node load it, which takes 50 ms and more.
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

  test("none is read when the client is imported", () => expect(atImport).toEqual([]));

  // openapi-fetch reads `process` to find out whether it runs on Node.
  test("`URL` and `process` are read when a client is made", () =>
    expect(atCreation).toEqual(["URL", "process"]));

  test("the rest at the first call, which shows that reading is noticed", () => {
    expect(atCall).toEqual(expect.arrayContaining(["fetch", "AbortController", "setTimeout"]));
  });
});

// As a consumer's bundler makes it for browsers: one file that holds everything, dependencies included.
describe("a program that lists, minified and compressed", () => {
  const program = `
    import { createClient } from "@isc-customizers/client";
    const client = createClient({ tenant: "acme", auth: { clientId: "a", clientSecret: "b" } });
    for await (const { id } of client.listConnectorCustomizers()) console.log(id);
  `;

  test("is at most 19,900 bytes", async () => {
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
    expect(gzipSync(file?.contents ?? "", { level: 9 }).length).toBeLessThanOrEqual(19_900);
  });
});
