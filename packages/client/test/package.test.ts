import { readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { version } from "../src/version.ts";

test("the version that the client tells is the package's", async () => {
  const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(version).toBe(manifest.version);
});

test.each([
  ["the main entry needs nothing of Node", "index.ts", false],
  ["the entry for Node does", "node/index.ts", true],
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
