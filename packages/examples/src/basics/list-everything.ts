// Lists all customizers in three ways: item by item, page by page, and as one array.
import { createClient } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

const customizers = createClient(tenant());

// Each page is fetched when its first item is needed.
for await (const { name } of customizers.listConnectorCustomizers()) console.log(`item: ${name}`);

// `lookAhead` fetches the next page while the loop works on this one.
const pages = customizers.listConnectorCustomizers({ limit: 250 }).pages({ lookAhead: true });
for await (const page of pages) console.log(`page: ${page.length} customizers`);

const all = await customizers.listConnectorCustomizers().all({ max: 1_000 });
console.log(`array: ${all.length} customizers`);
