// Uploads a zip as a customizer's code. The file is read while it is sent, never whole into memory.
import { createClient } from "@isc-customizers/client";
import { zipFromFile } from "@isc-customizers/client/node";
import { customizerZip } from "./customizer-zip.ts";
import { tenant } from "./tenant.ts";

const client = createClient(tenant());

const { id } = await client.createConnectorCustomizer({ body: { name: "Example" } });
try {
  const version = await client.createConnectorCustomizerVersion({
    id,
    body: await zipFromFile(customizerZip()),
  });
  console.log(`Uploaded version ${version?.version}, image ${version?.imageID}.`);
} finally {
  await client.deleteConnectorCustomizer({ id });
}
