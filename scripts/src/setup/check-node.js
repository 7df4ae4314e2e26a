// Stops a command where the package manager has no pinned Node for this system and the Node of the host is too old. It is JavaScript
// because such a Node cannot run TypeScript.
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  console.error(
    `The scripts of this repository need Node 24 or later, and this is ${process.version}. No Node is pinned for ${process.platform}-${process.arch}, or its installation failed: install Node 24, or run \`npx -y pnpm@12.21.0 install --force\`.`,
  );
  process.exit(1);
}
