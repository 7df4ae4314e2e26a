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

  test("one is read when a client is made: `URL`, for `baseUrl`", () => expect(atCreation).toEqual(["URL"]));

  test("the rest at the first call, which shows that reading is noticed", () => {
    expect(atCall).toEqual(expect.arrayContaining(["fetch", "AbortController", "setTimeout"]));
  });
});

describe("the size of a program that lists, minified and compressed", () => {
  const program = `
    import { createClient } from "@isc-customizers/client";
    const client = createClient({ tenant: "acme", auth: { clientId: "a", clientSecret: "b" } });
    for await (const { id } of client.listConnectorCustomizers()) console.log(id);
  `;

  test("is within its budget, with all that it loads", async () => {
    const imported: string[] = [];
    const { outputFiles } = await build({
      stdin: { contents: program, resolveDir: folder },
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      write: false,
      plugins: [
        {
          name: "what is imported when it is needed is a file of its own, which this program does not load",
          setup: (bundler) =>
            bundler.onResolve({ filter: /^/ }, ({ kind, path }) => {
              if (kind !== "dynamic-import") return undefined;
              imported.push(path);
              return { path, external: true };
            }),
        },
      ],
    });
    const bytes = gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
    expect(bytes).toBeGreaterThan(5000);
    expect(bytes).toBeLessThanOrEqual(10_400);
    expect(imported.sort()).toEqual([
      "../body/body-source.js",
      "./parameters.js",
      "./raw-methods.js",
      "./server-url.js",
      "./shared-token.js",
    ]);
  });
});
