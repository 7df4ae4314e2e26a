// Lists the connector instances, each with the customizer that it is linked to. Experimental.
import { createClient } from "@isc-customizers/client";
import { tenant } from "./tenant.ts";

// Connector instances are known from this version alone.
const customizers = createClient({ ...tenant(), apiVersion: "beta" });

for (const { id, name, connectorCustomizerId } of await customizers.listConnectorInstances()) {
  console.log(
    `${id}  ${name}, ${connectorCustomizerId ? `linked to ${connectorCustomizerId}` : "not linked"}`,
  );
}
