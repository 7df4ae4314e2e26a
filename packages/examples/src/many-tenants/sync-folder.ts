// Brings the zips of a folder to one or more tenants: creates the customizers that are missing, and uploads what changed.
import { parseArgs } from "node:util";
import { createClient } from "@isc-customizers/client";
import { syncFolder } from "./sync.ts";
import { requireTenants, tenantFromEnvironment } from "./tenant-from-environment.ts";

const usage = `Usage: pnpm example sync-folder FOLDER [--tenant PREFIX]...

  FOLDER           the zips; Badges.zip becomes the customizer "Badges"
  --tenant PREFIX  a tenant whose address and credentials are in PREFIX_BASE_URL, PREFIX_CLIENT_ID and PREFIX_CLIENT_SECRET;
                   can be repeated; by default, SAIL
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tenant: { type: "string", multiple: true, default: ["SAIL"] } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  requireTenants(values.tenant);
  for (const prefix of values.tenant) {
    const tenant = tenantFromEnvironment(prefix);
    for await (const { name, action } of syncFolder(createClient(tenant), folder, tenant.baseUrl))
      console.log(`${prefix}: ${name} ${action}`);
  }
}
