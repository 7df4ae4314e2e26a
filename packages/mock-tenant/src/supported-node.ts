import { readFileSync } from "node:fs";

/** Thrown on a Node that is too old; the message says which one is needed. */
export class UnsupportedNodeError extends Error {
  override readonly name = "UnsupportedNodeError";
}

/**
 * What stands in `engines` is a warning of npm's, if that: without this, an old Node says what it does not know of its own modules.
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
  throw new UnsupportedNodeError(`The mock tenant needs Node ${least} or newer, and runs on ${version}.`);
}
