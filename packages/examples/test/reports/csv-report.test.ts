import { createClient } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environmentOf, examples, runProgram } from "../program.ts";

test("prints a row for each customizer, with the instances that use it", async () => {
  await using mock = await startMockTenant();
  const { baseUrl, clientId, clientSecret } = mock;
  const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
  const { id } = await client.createConnectorCustomizer({ body: { name: 'Badges, "new"' } });
  const instances = await client.listConnectorInstances();
  const free = instances.filter(({ connectorCustomizerId }) => !connectorCustomizerId);
  const body = [{ op: "replace", path: "/connectorCustomizerId", value: id } as const];
  for (const instance of free) await client.patchConnectorInstance({ id: instance.id, body });

  const { code, stdout, stderr } = await runProgram(
    join(examples, "reports/csv-report.ts"),
    [],
    environmentOf(mock),
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [head, row] = stdout.split("\n");
  expect(head).toBe("id,name,version,created,instances");
  expect(row).toContain(`${id},"Badges, ""new""",,`);
  expect(free.length).toBeGreaterThan(0);
  for (const { name = "" } of free) expect(row).toContain(name);
});

test("writes a name that is a formula as text", async () => {
  await using mock = await startMockTenant();
  const { baseUrl, clientId, clientSecret } = mock;
  const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
  await client.createConnectorCustomizer({ body: { name: "=1+1" } });
  const { stdout } = await runProgram(join(examples, "reports/csv-report.ts"), [], environmentOf(mock));
  expect(stdout).toContain(",'=1+1,");
});
