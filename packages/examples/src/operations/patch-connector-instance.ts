// Links a customizer to a connector instance without one, and unlinks it again. Experimental.
import { createClient } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

// SailPoint lists connector instances under every API version. Its own command line uses this one.
const customizers = createClient({ ...tenant(), apiVersion: "beta" });
const path = "/connectorCustomizerId";

const instances = await customizers.listConnectorInstances();
const free = instances.find(({ connectorCustomizerId }) => !connectorCustomizerId);
if (free === undefined) {
  console.log("Every connector instance already has a customizer; nothing was linked.");
} else {
  const customizer = await customizers.createConnectorCustomizer({ body: { name: "Example" } });
  try {
    const linked = await customizers.patchConnectorInstance({
      id: free.id,
      body: [{ op: "replace", path, value: customizer.id }],
    });
    console.log(`"${linked.name}" is linked to ${linked.connectorCustomizerId}.`);

    await customizers.patchConnectorInstance({ id: free.id, body: [{ op: "remove", path }] });
    console.log(`"${linked.name}" is unlinked.`);
  } finally {
    await customizers.deleteConnectorCustomizer({ id: customizer.id });
  }
}
