import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

// Serves the site while it is edited, with a mock tenant on loopback for the forms "Try it".
const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

const mock = spawn(
  process.execPath,
  [path("../packages/mock-tenant/dist/bin.js"), "--port", "0", "--seed", "3"],
  { stdio: ["ignore", "pipe", "inherit"] },
);
const tenant: Record<string, string> = {};
for await (const line of createInterface(mock.stdout)) {
  const [, name = "", value = ""] = /^export (\w+)=(.*)$/.exec(line) ?? [];
  if (name !== "") tenant[name] = value;
  if (name === "SAIL_CLIENT_SECRET") break;
}
// Without this check, the forms would be filled with the credentials of the developer's own tenant.
if (tenant["SAIL_CLIENT_SECRET"] === undefined) throw new Error("The mock tenant did not start.");
console.log(`mock tenant: ${tenant["SAIL_BASE_URL"]}`);

const args = [path("node_modules/vitepress/bin/vitepress.js"), "dev", path("."), ...process.argv.slice(2)];
const site = spawn(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...tenant } });
const [code] = (await once(site, "exit")) as [number | null];
mock.kill();
process.exitCode = code ?? 1;
