// Lists customizers: one page, then all of them.
import { createClient } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

const customizers = createClient(tenant());

const created = [];
try {
  for (const name of ["Joiners", "Movers", "Leavers"]) {
    created.push(await customizers.createConnectorCustomizer({ body: { name } }));
  }

  const page = await customizers.listConnectorCustomizers({ limit: 2 });
  console.log(`The first page of two: ${page.map(({ name }) => name).join(", ")}.`);

  for await (const { id, name, imageVersion } of customizers.listConnectorCustomizers()) {
    console.log(`${id}  ${name}, ${imageVersion === undefined ? "no code yet" : `version ${imageVersion}`}`);
  }
} finally {
  for (const { id } of created) await customizers.deleteConnectorCustomizer({ id });
}
