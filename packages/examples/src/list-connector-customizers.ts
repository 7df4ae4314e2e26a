// Lists customizers: one page, then all of them.
import { createClient } from "@isc-customizers/client";
import { tenant } from "./tenant.ts";

const client = createClient(tenant());

const created = [];
try {
  for (const name of ["Joiners", "Movers", "Leavers"]) {
    created.push(await client.createConnectorCustomizer({ body: { name } }));
  }

  const page = await client.listConnectorCustomizers({ limit: 2 });
  console.log(`The first page of two: ${page.map(({ name }) => name).join(", ")}.`);

  for await (const { id, name, imageVersion } of client.listConnectorCustomizers()) {
    console.log(`${id}  ${name}, ${imageVersion === undefined ? "no code yet" : `version ${imageVersion}`}`);
  }
} finally {
  for (const { id } of created) await client.deleteConnectorCustomizer({ id });
}
