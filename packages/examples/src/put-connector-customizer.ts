// Renames a customizer.
import { createClient } from "@isc-customizers/client";
import { tenant } from "./tenant.ts";

const client = createClient(tenant());

const { id, name } = await client.createConnectorCustomizer({ body: { name: "Example" } });
try {
  const renamed = await client.putConnectorCustomizer({ id, body: { name: "Better Example" } });
  console.log(`"${name}" is now "${renamed.name}".`);
} finally {
  await client.deleteConnectorCustomizer({ id });
}
