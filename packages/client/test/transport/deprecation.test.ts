import { expect, test } from "vitest";
import { answering, clientOf, keepLines } from "../support/server.ts";

test("X-Deprecated is logged once per operation and client as a warning, whatever the status", async () => {
  await using server = await answering(404, "{}", { "X-Deprecated": "true" });
  const { lines, logger } = keepLines();
  for (let clients = 0; clients < 2; clients++) {
    const client = clientOf(server, { logger });
    for (let n = 0; n < 3; n++) {
      await client.getConnectorCustomizer({ id: "a" }).catch(() => {});
      await client.deleteConnectorCustomizer({ id: "a" }).catch(() => {});
    }
  }
  expect(lines).toEqual([
    "warn isc-customizers: getConnectorCustomizer is deprecated.",
    "warn isc-customizers: deleteConnectorCustomizer is deprecated.",
    "warn isc-customizers: getConnectorCustomizer is deprecated.",
    "warn isc-customizers: deleteConnectorCustomizer is deprecated.",
  ]);
});

test.each<[Record<string, string>]>([[{ "X-Deprecated": "false" }], [{}]])(
  "the headers %j are not logged as a deprecation",
  async (headers) => {
    await using server = await answering(200, "[]", headers);
    const { lines, logger } = keepLines();
    await clientOf(server, { logger }).listConnectorCustomizers();
    expect(lines).toEqual([]);
  },
);
