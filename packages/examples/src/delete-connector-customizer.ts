// Deletes a customizer. A second deletion finds nothing, which a program may well take for success.
import { createClient, NotFoundError } from "@isc-customizers/client";
import { tenant } from "./tenant.ts";

const customizers = createClient(tenant());

const { id } = await customizers.createConnectorCustomizer({ body: { name: "Example" } });
await customizers.deleteConnectorCustomizer({ id });
console.log(`Deleted ${id}.`);

await customizers.deleteConnectorCustomizer({ id }).catch((error: unknown) => {
  if (!(error instanceof NotFoundError)) throw error;
  console.log("It was gone already.");
});
