import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { UnsupportedNodeError, requireSupportedNode } from "../src/supported-node.ts";

test.each(["20.20.2", "22.18.0", "21.99.0", "8.17.0"])("Node %s is too old and is refused", (version) => {
  expect(() => requireSupportedNode(version)).toThrow(UnsupportedNodeError);
  expect(() => requireSupportedNode(version)).toThrow(
    `The mock tenant needs Node 22.19 or newer; this is Node ${version}.`,
  );
});

test.each(["22.19.0", "22.20.1", "23.0.0", "26.10.0", "100.0.0"])("Node %s is accepted", (version) => {
  expect(() => requireSupportedNode(version)).not.toThrow();
});

test("the required version comes from `engines` in package.json", async () => {
  const manifest = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const { engines }: { engines: { node: string } } = JSON.parse(manifest);
  expect(engines.node).toMatch(/^>=\d+\.\d+$/);
});
