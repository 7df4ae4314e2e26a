import { readFileSync } from "node:fs";

/** Thrown on a Node that is too old; the message names the required version. */
export class UnsupportedNodeError extends Error {
  override readonly name = "UnsupportedNodeError";
}

/**
 * Checks the version of Node against `engines` in `package.json`. npm only warns about `engines`, and an old Node would fail with an
 * obscure error about a missing module.
 *
 * @throws UnsupportedNodeError
 */
export function requireSupportedNode(version: string = process.versions.node): void {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { engines }: { engines: { node: string } } = JSON.parse(manifest);
  const least = engines.node.replace(">=", "");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new UnsupportedNodeError(`The mock tenant needs Node ${least} or newer; this is Node ${version}.`);
}
