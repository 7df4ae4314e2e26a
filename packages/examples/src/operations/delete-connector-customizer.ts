// Deletes a customizer. A second deletion fails with a 404, which a program may treat as success.
import { createClient, NotFoundError } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

const customizers = createClient(tenant());

const { id } = await customizers.createConnectorCustomizer({ body: { name: "Example" } });
await customizers.deleteConnectorCustomizer({ id });
console.log(`Deleted ${id}.`);

await customizers.deleteConnectorCustomizer({ id }).catch((error: unknown) => {
  if (!(error instanceof NotFoundError)) throw error;
  console.log("It was already deleted.");
});
