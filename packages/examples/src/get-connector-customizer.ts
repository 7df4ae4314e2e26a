// Reads a customizer, and meets an id that is not there.
import { createClient, NotFoundError } from "@isc-customizers/client";
import { tenant } from "./tenant.ts";

const client = createClient(tenant());

const { id } = await client.createConnectorCustomizer({ body: { name: "Example" } });
try {
  const customizer = await client.getConnectorCustomizer({ id });
  console.log(`"${customizer.name}" was created at ${customizer.created}.`);
} finally {
  await client.deleteConnectorCustomizer({ id });
}

try {
  await client.getConnectorCustomizer({ id });
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error;
  console.log(`Gone: ${error.messages[0]?.text} Tracking id: ${error.trackingId}`);
}
