// Prints each customizer and the connector instances that use it, as CSV.
import { clientFromEnvironment } from "@isc-customizers/client/node";
import { stringify } from "csv-stringify/sync";

const customizers = clientFromEnvironment();

const instances = await customizers.listConnectorInstances();
const rows = [];
for await (const { id, name, imageVersion, created } of customizers.listConnectorCustomizers()) {
  const linked = instances.filter(({ connectorCustomizerId }) => connectorCustomizerId === id);
  rows.push({
    id,
    name,
    version: imageVersion,
    created,
    instances: linked.map((one) => one.name).join("; "),
  });
}
const columns = ["id", "name", "version", "created", "instances"];
// A spreadsheet would run a name that begins with "=".
process.stdout.write(stringify(rows, { header: true, columns, escape_formulas: true }));
