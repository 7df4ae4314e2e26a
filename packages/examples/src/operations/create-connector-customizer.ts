// Creates a customizer with a name and without code.
import { createClient } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

const customizers = createClient(tenant());

const customizer = await customizers.createConnectorCustomizer({ body: { name: "Example" } });
console.log(`Created "${customizer.name}" with the id ${customizer.id}.`);

await customizers.deleteConnectorCustomizer({ id: customizer.id });
