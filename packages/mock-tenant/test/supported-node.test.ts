import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { UnsupportedNodeError, requireSupportedNode } from "../src/supported-node.ts";

test.each(["20.20.2", "22.18.0", "21.99.0", "8.17.0"])("Node %s is too old, and is told", (version) => {
  expect(() => requireSupportedNode(version)).toThrow(UnsupportedNodeError);
  expect(() => requireSupportedNode(version)).toThrow(
    `The mock tenant needs Node 22.19 or newer, and runs on ${version}.`,
  );
});

test.each(["22.19.0", "22.20.1", "23.0.0", "26.10.0", "100.0.0"])("Node %s will do", (version) => {
  expect(() => requireSupportedNode(version)).not.toThrow();
});

test("it goes by what the package says of itself, which has one form", async () => {
  const manifest = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const { engines }: { engines: { node: string } } = JSON.parse(manifest);
  expect(engines.node).toMatch(/^>=\d+\.\d+$/);
});
