// Renames a customizer.
import { createClient } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

const customizers = createClient(tenant());

const { id, name } = await customizers.createConnectorCustomizer({ body: { name: "Example" } });
try {
  const renamed = await customizers.putConnectorCustomizer({ id, body: { name: "Better Example" } });
  console.log(`"${name}" is now "${renamed.name}".`);
} finally {
  await customizers.deleteConnectorCustomizer({ id });
}
