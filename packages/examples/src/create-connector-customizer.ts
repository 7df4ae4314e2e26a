// Creates a customizer, which has a name and no code yet.
import { createClient } from "@isc-customizers/client";
import { tenant } from "./tenant.ts";

const customizers = createClient(tenant());

const customizer = await customizers.createConnectorCustomizer({ body: { name: "Example" } });
console.log(`Created "${customizer.name}" with the id ${customizer.id}.`);

await customizers.deleteConnectorCustomizer({ id: customizer.id });
