// Lists the connector instances with their linked customizers. Experimental.
import { createClient } from "@isc-customizers/client";
import { tenant } from "./tenant.ts";

// Only this API version has connector instances.
const customizers = createClient({ ...tenant(), apiVersion: "beta" });

for (const { id, name, connectorCustomizerId } of await customizers.listConnectorInstances()) {
  console.log(
    `${id}  ${name}, ${connectorCustomizerId ? `linked to ${connectorCustomizerId}` : "not linked"}`,
  );
}
