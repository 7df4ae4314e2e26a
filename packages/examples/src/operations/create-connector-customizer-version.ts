// Uploads a zip as a customizer's code. Reads the file while sending it, so the zip is never completely in memory.
import { createClient } from "@isc-customizers/client";
import { zipFromFile } from "@isc-customizers/client/node";
import { customizerZip } from "../customizer-zip.ts";
import { tenant } from "../tenant.ts";

const customizers = createClient(tenant());

const { id } = await customizers.createConnectorCustomizer({ body: { name: "Example" } });
try {
  const version = await customizers.createConnectorCustomizerVersion({
    id,
    body: await zipFromFile(customizerZip()),
  });
  console.log(`Uploaded version ${version?.version}, image ${version?.imageID}.`);
} finally {
  await customizers.deleteConnectorCustomizer({ id });
}
