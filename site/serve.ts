import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

// Serves the site while it is edited, with a mock tenant on loopback for the forms "Try it".
const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

const mock = spawn(
  process.execPath,
  [path("../packages/mock-tenant/dist/bin.js"), "--port", "0", "--seed", "3"],
  {
    stdio: ["ignore", "pipe", "ignore"],
  },
);
const env = { ...process.env };
for await (const line of createInterface(mock.stdout)) {
  const [, name = "", value] = /^export (\w+)=(.*)$/.exec(line) ?? [];
  if (name !== "") env[name] = value;
  if (name === "SAIL_CLIENT_SECRET") break;
}
console.log(`mock tenant: ${env["SAIL_BASE_URL"]}`);

const args = [path("node_modules/vitepress/bin/vitepress.js"), "dev", path("."), ...process.argv.slice(2)];
const site = spawn(process.execPath, args, { stdio: "inherit", env });
const [code] = (await once(site, "exit")) as [number | null];
mock.kill();
process.exitCode = code ?? 1;
