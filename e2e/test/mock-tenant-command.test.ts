import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { accessToken } from "../../packages/mock-tenant/test/token.ts";
import { output, run } from "./support/command.ts";
import { createConsumer } from "./support/consumer.ts";
import { available } from "./support/runtime.ts";

test("`npx isc-mock-tenant` runs the published package, and stops its server on SIGINT", async () => {
  await using consumer = await createConsumer();
  const cwd = consumer.folder;
  // Links the commands of the installed packages, as `npm install` does.
  await output("npm", ["rebuild", "@isc-customizers/mock-tenant", "--ignore-scripts", "--offline"], { cwd });
  expect(await output("npx", ["--offline", "isc-mock-tenant", "--help"], { cwd })).toContain("--port N");

  const args = ["--offline", "isc-mock-tenant", "--port", "0", "--seed", "2"];
  // `detached` creates a process group, because Ctrl+C in a terminal signals the whole group.
  const child = spawn("npx", args, { cwd, detached: true, stdio: ["ignore", "pipe", "ignore"] });
  const closed = once(child, "close");
  const interrupt = () => process.kill(-(child.pid ?? 0), "SIGINT");
  let baseUrl = "";
  try {
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) if (lines.push(line) === 4) break;
    const [url = "", clientId = "", clientSecret = ""] = lines
      .slice(1)
      .map((line) => line.replace(/^export \w+=/, ""));
    expect(lines[0]).toBe(`listening on ${url}`);
    baseUrl = url;

    const headers = { Authorization: `Bearer ${await accessToken({ baseUrl, clientId, clientSecret })}` };
    const list = await fetch(`${baseUrl}/v2024/connector-customizers`, { headers });
    expect(await list.json()).toHaveLength(2);
  } finally {
    interrupt();
    await closed;
  }
  await expect(fetch(baseUrl)).rejects.toThrow(/fetch failed/);
});

describe.for(available.filter(({ name }) => name === "Node 20"))(
  "on $name, which is too old,",
  ({ program, version }) => {
    const problem = async () =>
      `The mock tenant needs Node 22.19 or newer; this is Node ${await version(program)}.`;

    test("the command prints the required version in one line", async () => {
      await using consumer = await createConsumer();
      const command = "node_modules/@isc-customizers/mock-tenant/dist/bin.js";
      expect(await run(program, [command, "--port", "0"], { cwd: consumer.folder })).toEqual({
        code: 1,
        stdout: "",
        stderr: `isc-mock-tenant: ${await problem()}\n`,
      });
    });

    test("a program can import the package, and gets an error when it starts a tenant", async () => {
      await using consumer = await createConsumer();
      await consumer.write(
        "program.mjs",
        `import { startMockTenant, UnsupportedNodeError } from "@isc-customizers/mock-tenant";
const error = await startMockTenant().catch((error) => error);
console.log(JSON.stringify([error instanceof UnsupportedNodeError, error.message]));
`,
      );
      const printed = await output(program, ["program.mjs"], { cwd: consumer.folder });
      expect(JSON.parse(printed)).toEqual([true, await problem()]);
    });
  },
);
