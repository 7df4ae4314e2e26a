// Tests your own code against a mock tenant, which keeps state and fails on demand.
import { createClient } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { expect, test } from "vitest";
import { addPrefix } from "../../src/testing/rename-customizers.ts";

test("renames the customizers that lack the prefix", async () => {
  await using tenant = await startMockTenant();
  const { baseUrl, clientId, clientSecret } = tenant;
  const customizers = createClient({ baseUrl, auth: { clientId, clientSecret } });
  for (const name of ["Badges", "test: Leavers"])
    await customizers.createConnectorCustomizer({ body: { name } });

  // The first rename fails, and is sent again.
  tenant.faults.add({ kind: "status", status: 503, match: { method: "PUT" } });
  expect(await addPrefix(customizers, "test: ")).toBe(1);

  const names = new Set((await customizers.listConnectorCustomizers()).map(({ name }) => name));
  expect(names).toEqual(new Set(["test: Badges", "test: Leavers"]));
});
