// Reads a customizer, and handles a 404.
import { createClient, NotFoundError } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

const customizers = createClient(tenant());

const { id } = await customizers.createConnectorCustomizer({ body: { name: "Example" } });
try {
  const customizer = await customizers.getConnectorCustomizer({ id });
  console.log(`"${customizer.name}" was created at ${customizer.created}.`);
} finally {
  await customizers.deleteConnectorCustomizer({ id });
}

try {
  await customizers.getConnectorCustomizer({ id });
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error;
  console.log(`Not found: ${error.messages[0]?.text} Tracking id: ${error.trackingId}`);
}
