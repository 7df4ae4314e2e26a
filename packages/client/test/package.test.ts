import { readdir, readFile } from "node:fs/promises";
import { builtinModules, createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import type * as Main from "../src/index.ts";
import type * as Node from "../src/node/index.ts";
import { version } from "../src/version.ts";

test("`version` is the version of the package", async () => {
  const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(version).toBe(manifest.version);
});

test.each([
  ["the main entry imports nothing from Node", "index.ts", false],
  ["the entry for Node imports from Node", "node/index.ts", true],
])("%s", async (_, entry, expected) => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}`, import.meta.url))],
    bundle: true,
    external: ["node:*", ...builtinModules, "undici"],
    metafile: true,
    write: false,
    format: "esm",
    outdir: "unwritten",
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  expect(imports.some(({ external }) => external)).toBe(expected);
});

describe("the built package", () => {
  const dist = new URL("../dist/", import.meta.url);
  const load = async (file: string): Promise<unknown> =>
    file.endsWith(".cjs")
      ? createRequire(import.meta.url)(fileURLToPath(new URL(file, dist)))
      : await import(/* @vite-ignore */ new URL(file, dist).href);

  test("has one file for each entry and module format, and one for its declarations", async () => {
    const files = ["index", "node"].flatMap((entry) =>
      ["cjs", "d.cts", "d.ts", "js"].map((extension) => `${entry}.${extension}`),
    );
    expect((await readdir(dist)).toSorted()).toEqual(files);
  });

  test.each(["js", "cjs"])("shares the error classes between its entries: %s", async (extension) => {
    const main = (await load(`index.${extension}`)) as typeof Main;
    const node = (await load(`node.${extension}`)) as typeof Node;
    const error: unknown = await node.zipFromFile("missing.zip").catch((reason: unknown) => reason);
    expect(Object.getPrototypeOf(error)).toBe(main.ConfigurationError.prototype);
  });

  test("exports the same from both module formats", async () => {
    for (const entry of ["index", "node"]) {
      const [module, required] = [await load(`${entry}.js`), await load(`${entry}.cjs`)] as object[];
      expect(Object.keys(required ?? {}).toSorted()).toEqual(Object.keys(module ?? {}).toSorted());
    }
  });

  test("calls openapi-fetch from CommonJS", async () => {
    const { createClient } = (await load("index.cjs")) as typeof Main;
    const fetch = async () => Response.json([{ id: "a" }]);
    const client = createClient({ tenant: "acme", auth: { accessToken: "token" }, fetch });
    expect((await client.raw.GET("/connector-customizers")).data).toEqual([{ id: "a" }]);
  });
});
