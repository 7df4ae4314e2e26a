// Adds middleware of openapi-fetch, which sees each call once, and makes a call by its path with `raw`.
import { createClient } from "@isc-customizers/client";
import { tenant } from "../tenant.ts";

const customizers = createClient(tenant());
customizers.use({
  onRequest({ request, id }) {
    request.headers.set("X-Correlation-Id", id);
    return request;
  },
  onResponse({ request, response, schemaPath }) {
    console.log(`${request.method} ${schemaPath}: ${response.status}`);
  },
});

await customizers.listConnectorCustomizers({ limit: 10 });

const { data, error } = await customizers.raw.GET("/connector-customizers/{id}", {
  params: { path: { id: "unknown" } },
});
console.log(data ?? error);
