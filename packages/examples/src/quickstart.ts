// Takes a real customizer through its life: create, upload, list, get, rename, upload again, delete.
import { basename } from "node:path";
import { createClient, NotFoundError } from "@isc-customizers/client";
import { zipFromFile } from "@isc-customizers/client/node";
import { customizerZip } from "./customizer-zip.ts";
import { tenant } from "./tenant.ts";

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

  const one = await customizers.getConnectorCustomizer({ id });
  show("get", `"${one.name}", created ${one.created}`);

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
  // What went wrong first is what to see, whatever becomes of the cleaning up.
  await customizers
    .deleteConnectorCustomizer({ id })
    .catch(() => console.error(`The customizer ${id} is left behind.`));
  throw error;
}

try {
  await customizers.getConnectorCustomizer({ id });
  throw new Error(`The customizer ${id} is still there after its deletion.`);
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error;
  show("get", `${error.name}, ${error.status}: ${error.messages[0]?.text}`);
}
