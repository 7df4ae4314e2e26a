import { createClient } from "@isc-customizers/client";
import { type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { operationTable } from "@isc-customizers/types";
import openapi from "@isc-customizers/types/openapi.json" with { type: "json" };
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findExamples } from "../src/find-examples.ts";
import { startProxy } from "./proxy.ts";
import { environmentOf, examples, runProgram } from "./program.ts";

const run = join(examples, "run.ts");
const found = await findExamples();

function exampleOf(operationId: string): string {
  return operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The expected output of some examples. */
const outputs: Readonly<Record<string, RegExp>> = {
  "abort-and-time-limits": /^AbortError, because the user closed the page\nTimeoutError: .* 1 ms/,
  "handle-errors": /^The customizer does not exist: .*\nThe API answered 400: .*"limit".*\nNo answer: .*\n$/,
  "list-everything": /^item: .*\npage: 1 customizers\narray: 1 customizers\n$/,
  "log-with-pino": /"operationId":"listConnectorCustomizers".*"status":200/,
  middleware: /^GET \/connector-customizers: 200\nGET \/connector-customizers\/\{id\}: 404\n/,
};

describe("every example runs unchanged, and restores the state of the tenant", () => {
  const names = found
    .filter(({ group }) => group === "operations" || group === "basics")
    .map(({ name }) => name);

  test("there is one for each operation", () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys(operationTable).map(exampleOf)));
  });

  test.each(names)("%s", async (name) => {
    await using mock = await startMockTenant({ seed: 1 });
    const before = await contentOf(mock);
    const first = mock.requests.length;
    const file = found.find((example) => example.name === name)?.file ?? name;
    const outcome = await runProgram(file, [], environmentOf(mock));
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(outcome.stdout).toMatch(outputs[name] ?? /./);
    const succeeded = mock.requests
      .slice(first)
      .filter(({ status = 500 }) => status < 300)
      .map((request) => request.operationId);
    const operationId = Object.keys(operationTable).find((id) => exampleOf(id) === name);
    if (operationId !== undefined) expect(succeeded).toContain(operationId);
    expect(await contentOf(mock)).toEqual(before);
  });
});

describe("the quickstart", () => {
  test("starts a mock tenant when the environment has no tenant, shows each step, and exits", async () => {
    const { code, stdout, stderr } = await runProgram(run, ["quickstart"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^quickstart, against a mock tenant at http:\/\/127\.0\.0\.1:\d+$/m);
    const steps = Array.from(stdout.matchAll(/^ {2}(\w+)/gm), ([, step]) => step);
    expect(steps).toEqual(["zip", "create", "upload", "list", "get", "rename", "upload", "delete", "get"]);
    expect(stdout).toMatch(/zip\s+\d+ ms  account-normalizer-1\.0\.0\.zip, \d{5} bytes/);
    expect(stdout).toMatch(/upload\s+\d+ ms  version 1,[^]*upload\s+\d+ ms  version 2,/);
    expect(stdout).toMatch(/rename\s+\d+ ms  "Renamed Custom Connector"/);
    expect(stdout).toMatch(/get\s+\d+ ms  NotFoundError, 404/);
  });

  test("uploads the real customizer", async () => {
    await using mock = await startMockTenant();
    let names: readonly string[] = [];
    // Deleting the customizer deletes its versions, so the test reads them just before.
    await using proxy = await startProxy(mock.baseUrl, ({ method }) => {
      if (method === "DELETE")
        names = mock.versions.flatMap(({ archive }) => archive.entries.map((entry) => entry.name));
      return undefined;
    });
    await runProgram(run, ["quickstart"], environmentOf({ ...mock, baseUrl: proxy.url }));
    expect(names.toSorted()).toEqual(["connector-spec.json", "connector-spec.json", "index.js", "index.js"]);
  });

  test("deletes its customizer and fails when a step fails", async () => {
    await using mock = await startMockTenant();
    await using proxy = await startProxy(mock.baseUrl, ({ method }) => (method === "PUT" ? 500 : undefined));
    const { code, stderr } = await runProgram(
      run,
      ["quickstart"],
      environmentOf({ ...mock, baseUrl: proxy.url }),
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain("ServerError");
    expect(mock.requests.at(-1)).toMatchObject({ operationId: "deleteConnectorCustomizer", status: 204 });
  });
});

test("the quickstart prints the id of a customizer that it could not delete, and the first error", async () => {
  await using mock = await startMockTenant();
  const statuses: Record<string, number> = { PUT: 500, DELETE: 403 };
  await using proxy = await startProxy(mock.baseUrl, ({ method }) => statuses[method]);
  const { code, stderr } = await runProgram(
    run,
    ["quickstart"],
    environmentOf({ ...mock, baseUrl: proxy.url }),
  );
  expect(code).not.toBe(0);
  expect(stderr).toContain("ServerError: putConnectorCustomizer");
  expect(stderr).toMatch(/The customizer [\w-]+ could not be deleted\./);
});

describe("pnpm example", () => {
  test("without a name lists all examples with their purpose", async () => {
    const { code, stdout } = await runProgram(run);
    expect(code).toBe(0);
    for (const name of [...Object.keys(operationTable).map(exampleOf), "quickstart"])
      expect(stdout).toMatch(new RegExp(`^  ${name}\\n      \\S`, "m"));
    expect(stdout).not.toMatch(/^ {2}(?:run|tenant|customizer-zip)$/m);
  });

  test("with an unknown name prints an error and the list", async () => {
    const { code, stderr } = await runProgram(run, ["nope"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Unknown example "nope"[^]*quickstart/);
  });

  test("with an incomplete tenant in the environment prints the missing variables, and runs nothing", async () => {
    const { code, stdout, stderr } = await runProgram(run, ["quickstart"], {
      SAIL_BASE_URL: "https://acme.example",
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Set SAIL_CLIENT_ID and SAIL_CLIENT_SECRET too");
  });

  test("runs an example against the tenant in the environment", async () => {
    await using mock = await startMockTenant();
    const { code, stderr } = await runProgram(run, ["list-connector-instances"], environmentOf(mock));
    expect(code).toBe(0);
    expect(stderr).toContain(`list-connector-instances, against ${mock.baseUrl}\n`);
    expect(mock.requests.at(-1)).toMatchObject({ operationId: "listConnectorInstances", status: 200 });
  });

  test("fails when the example fails", async () => {
    await using mock = await startMockTenant();
    const { code, stderr } = await runProgram(run, ["quickstart"], {
      ...environmentOf(mock),
      SAIL_CLIENT_SECRET: "wrong",
    });
    expect(code).not.toBe(0);
    expect(stderr).toContain("AuthenticationError");
  });
});

test("patch-connector-instance changes nothing in a tenant without a free connector instance", async () => {
  const document = structuredClone(openapi);
  const list = document.paths["/connector-instances"].get.responses["200"].content["application/json"];
  list.examples.instances.value = list.examples.instances.value.filter(
    ({ connectorCustomizerId }) => connectorCustomizerId !== null,
  );
  await using mock = await startMockTenant({ document, seed: 1 });
  const outcome = await runProgram(run, ["patch-connector-instance"], environmentOf(mock));
  expect(outcome.code).toBe(0);
  expect(outcome.stdout).toContain("nothing was linked");
  expect(mock.requests.map(({ operationId }) => operationId)).toEqual([undefined, "listConnectorInstances"]);
});

/** Reads everything in the tenant that an example could change. */
async function contentOf({ baseUrl, clientId, clientSecret }: MockTenant) {
  const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
  return {
    customizers: await client.listConnectorCustomizers().all(),
    instances: await client.listConnectorInstances(),
  };
}
