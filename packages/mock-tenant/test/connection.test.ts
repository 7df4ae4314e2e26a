import { expect, test } from "vitest";
import { json, testTenant } from "./tenant.ts";

const big = "x".repeat(2 * 1024 * 1024);

test.each([
  ["JSON that is too large", 413, "/v2024/connector-customizers", json({ name: big })],
  [
    "an upload of another media type",
    400,
    "/v2024/connector-customizers/b07dc46a-1498-4de8-bfbb-259a68e70c8a/versions",
    { body: big, headers: { "Content-Type": "text/plain" } },
  ],
])("a refusal of %s does no harm to the requests after it", async (_, status, path, init) => {
  await using tenant = await testTenant({ seed: 1 });
  for (let n = 0; n < 5; n++) {
    const refused = await tenant.call("POST", path, init);
    expect(refused.status).toBe(status);
    await refused.text();
    const next = await tenant.call("GET", "/v2024/connector-customizers");
    expect(next.status).toBe(200);
    expect(await next.json()).toHaveLength(1);
  }
});
