import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startMockTenant } from "../src/index.ts";
import { run, start } from "./command.ts";
import { accessToken } from "./token.ts";

describe("isc-mock-tenant", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("serves until %s, even with open connections", async (signal) => {
    await using command = await start("--seed", "2", "--client-id", "it's", "--client-secret", "plain");
    const { child, baseUrl, greeting, exit } = command;
    expect(greeting).toEqual([
      expect.stringMatching(/^listening on http:\/\/127\.0\.0\.1:\d+$/),
      `export SAIL_BASE_URL=${baseUrl}`,
      "export SAIL_CLIENT_ID='it'\\''s'",
      "export SAIL_CLIENT_SECRET=plain",
    ]);

    const token = await accessToken({ baseUrl, clientId: "it's", clientSecret: "plain" });
    const list = await fetch(`${baseUrl}/v2024/connector-customizers`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(await list.json()).toHaveLength(2);

    const open = connect(Number(new URL(baseUrl).port), "127.0.0.1");
    open.on("error", () => {});
    await once(open, "connect");
    child.kill(signal);
    expect(await exit).toEqual([0, null]);
  });

  test("--help lists the options", async () => {
    const { code, stdout } = await run("--help");
    expect(code).toBe(0);
    for (const option of ["--port", "--seed", "--client-id", "--client-secret"])
      expect(stdout).toContain(option);
  });

  test.each([
    [["--nonsense"], "--nonsense"],
    [["stray"], "stray"],
    [["--port"], "--port"],
    [["--port", "70000"], "--port must be a whole number from 0 to 65535; got '70000'."],
    [["--port", "ten"], "--port must be a whole number from 0 to 65535; got 'ten'."],
    [["--seed", "-1"], "--seed must be a whole number from 0 to 1000000; got '-1'."],
    [["--seed=-1"], "--seed must be a whole number from 0 to 1000000; got '-1'."],
    [["--seed", "2", "-1"], "-1"],
    [["--scope", "x"], 'Unknown scope "x". The scopes are: '],
    [
      ["--fault", '{"kind":"html","match":{"operationId":"x"}}'],
      'Invalid fault: unknown operationId "x" in /match. The API has: ',
    ],
    [["--seed", "1000001"], "--seed"],
    [["--client-id", ""], "--client-id"],
  ])("%j is a usage error", async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr).toContain("Try isc-mock-tenant --help.");
    expect(stderr).not.toContain("    at ");
  });

  test("reports a port in use and exits with 1", async () => {
    await using other = await startMockTenant();
    const { port } = new URL(other.baseUrl);
    expect(await run("--port", port)).toEqual({
      code: 1,
      stdout: "",
      stderr: `isc-mock-tenant: Port ${port} of 127.0.0.1 is in use.\n`,
    });
  });
});
