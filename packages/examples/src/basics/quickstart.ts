// Runs the life cycle of a real customizer: create, upload, list, get, rename, upload again, delete.
import { basename } from "node:path";
import { createClient, NotFoundError } from "@isc-customizers/client";
import { zipFromFile } from "@isc-customizers/client/node";
import { customizerZip } from "../customizer-zip.ts";
import { tenant } from "../tenant.ts";

const customizers = createClient(tenant());
const zip = await zipFromFile(customizerZip());
let started = performance.now();
const show = (step: string, result: string) => {
  const milliseconds = (performance.now() - started).toFixed(0);
  console.log(`  ${step.padEnd(8)}${milliseconds.padStart(6)} ms  ${result}`);
  started = performance.now();
};
show("zip", `${basename(customizerZip())}, ${zip.size} bytes`);

const { id, name } = await customizers.createConnectorCustomizer({ body: { name: "My Custom Connector" } });
try {
  show("create", `"${name}", id ${id}`);

  const first = await customizers.createConnectorCustomizerVersion({ id, body: zip });
  show("upload", `version ${first?.version}, image ${first?.imageID}`);

  for await (const customizer of customizers.listConnectorCustomizers()) {
    if (customizer.id === id) show("list", `"${customizer.name}", version ${customizer.imageVersion}`);
  }

  const customizer = await customizers.getConnectorCustomizer({ id });
  show("get", `"${customizer.name}", created ${customizer.created}`);

  const renamed = await customizers.putConnectorCustomizer({
    id,
    body: { name: "Renamed Custom Connector" },
  });
  show("rename", `"${renamed.name}"`);

  const second = await customizers.createConnectorCustomizerVersion({ id, body: zip });
  show("upload", `version ${second?.version}, image ${second?.imageID}`);

  await customizers.deleteConnectorCustomizer({ id });
  show("delete", "done");
} catch (error) {
  // A failed clean-up must not replace the first error.
  await customizers
    .deleteConnectorCustomizer({ id })
    .catch(() => console.error(`The customizer ${id} could not be deleted.`));
  throw error;
}

try {
  await customizers.getConnectorCustomizer({ id });
  throw new Error(`The customizer ${id} still exists after its deletion.`);
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error;
  show("get", `${error.name}, ${error.status}: ${error.messages[0]?.text}`);
}
