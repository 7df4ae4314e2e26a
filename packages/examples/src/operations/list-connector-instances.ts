// Lists the connector instances with their linked customizers. Experimental.
import { createClient } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

// SailPoint lists connector instances under every API version. Its own command line uses this one.
const customizers = createClient({ ...tenant(), apiVersion: "beta" });

for (const { id, name, connectorCustomizerId } of await customizers.listConnectorInstances()) {
  console.log(
    `${id}  ${name}, ${connectorCustomizerId ? `linked to ${connectorCustomizerId}` : "not linked"}`,
  );
}
