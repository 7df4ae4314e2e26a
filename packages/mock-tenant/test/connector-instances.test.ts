import { describe, expect, test } from "vitest";
import { EXAMPLE_ID, errorTexts, testTenant } from "./tenant.ts";
import type { TestTenant } from "./tenant.ts";

/** Ids of the two instances in the document's example. */
const LINKED = "7d0f3c52-91a6-4e0b-8a57-2c6f14b9e380";
const UNLINKED = "c3a94e17-6b2d-4f58-9e01-d85b7a20f64c";
const PATH = "/connectorCustomizerId";
const EXPERIMENTAL = { "X-SailPoint-Experimental": "true" };
const PATCH_TYPE = { "Content-Type": "application/json-patch+json" };

const link = (value: string) => ({ op: "replace", path: PATH, value });
const unlink = { op: "remove", path: PATH };

/** A patch as the vendor's command line sends it: under `beta`, and without a content type unless `headers` has one. */
function patch({ call }: TestTenant, id: string, changes: unknown, headers?: Record<string, string>) {
  const body = new TextEncoder().encode(JSON.stringify(changes));
  return call("PATCH", `/beta/connector-instances/${id}`, { body, ...(headers && { headers }) });
}

async function links({ call }: TestTenant): Promise<Record<string, unknown>> {
  const response = await call("GET", "/beta/connector-instances");
  const instances: { id: string; connectorCustomizerId: unknown }[] = JSON.parse(await response.text());
  return Object.fromEntries(instances.map(({ id, connectorCustomizerId }) => [id, connectorCustomizerId]));
}

const START = { [LINKED]: EXAMPLE_ID, [UNLINKED]: null };

test("a tenant has the instances of the document's example", async () => {
  await using tenant = await testTenant({ seed: 1 });
  const response = await tenant.call("GET", "/beta/connector-instances");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual([
    { id: LINKED, name: "HR Directory", connectorCustomizerId: EXAMPLE_ID },
    { id: UNLINKED, name: "Badge System", connectorCustomizerId: null },
  ]);
});

test("no instance is linked to an unknown customizer", async () => {
  await using tenant = await testTenant();
  expect(await links(tenant)).toEqual({ [LINKED]: null, [UNLINKED]: null });
});

describe("a patch", () => {
  test.each([
    ["without a content type", undefined],
    ["with the JSON Patch type", PATCH_TYPE],
    [
      "with the JSON Patch type and parameters",
      { "Content-Type": "application/json-patch+json; charset=utf-8" },
    ],
  ])("%s links and unlinks", async (_, headers) => {
    await using tenant = await testTenant({ seed: 1 });
    const linked = await patch(tenant, UNLINKED, [link(EXAMPLE_ID)], headers);
    expect(linked.status).toBe(200);
    expect(await linked.json()).toEqual({
      id: UNLINKED,
      name: "Badge System",
      connectorCustomizerId: EXAMPLE_ID,
    });
    expect(await links(tenant)).toEqual({ [LINKED]: EXAMPLE_ID, [UNLINKED]: EXAMPLE_ID });
    const unlinked = await patch(tenant, LINKED, [unlink], headers);
    expect(unlinked.status).toBe(200);
    expect(await unlinked.json()).toEqual({ id: LINKED, name: "HR Directory", connectorCustomizerId: null });
    expect(await links(tenant)).toEqual({ [LINKED]: null, [UNLINKED]: EXAMPLE_ID });
  });

  test("replaces the link, and may be repeated", async () => {
    await using tenant = await testTenant({ seed: 1 });
    const created = await tenant.call("POST", "/beta/connector-customizers", {
      body: "{}",
      headers: { "Content-Type": "application/json" },
    });
    const { id }: { id: string } = JSON.parse(await created.text());
    for (let n = 0; n < 2; n++) {
      expect((await patch(tenant, LINKED, [link(id)])).status).toBe(200);
      expect(await links(tenant)).toEqual({ [LINKED]: id, [UNLINKED]: null });
    }
    for (let n = 0; n < 2; n++) {
      expect((await patch(tenant, LINKED, [unlink])).status).toBe(200);
      expect(await links(tenant)).toEqual({ [LINKED]: null, [UNLINKED]: null });
    }
  });

  test("applies several operations in order", async () => {
    await using tenant = await testTenant({ seed: 1 });
    const response = await patch(tenant, UNLINKED, [unlink, link("none"), link(EXAMPLE_ID)]);
    expect(response.status).toBe(200);
    expect(await links(tenant)).toEqual({ [LINKED]: EXAMPLE_ID, [UNLINKED]: EXAMPLE_ID });
  });

  test.each<[string, unknown, Record<string, string> | undefined, RegExp]>([
    [
      "with plain JSON as its type",
      [unlink],
      { "Content-Type": "application/json" },
      /application\/json-patch\+json/,
    ],
    ["of plain text", [unlink], { "Content-Type": "text/plain" }, /application\/json-patch\+json/],
    ["without an operation", [], undefined, /fewer than 1 items/],
    ["that is not an array", unlink, undefined, /must be array/],
    ["of another operation", [{ ...link(EXAMPLE_ID), op: "add" }], undefined, /\/0/],
    ["of another property", [{ op: "replace", path: "/name", value: "X" }], undefined, /\/0/],
    ["without a value", [{ op: "replace", path: PATH }], undefined, /\/0/],
    ["with a value that is not a string", [{ ...link(""), value: null }], undefined, /\/0/],
    ["to an unknown customizer", [link("unknown")], undefined, /No customizer has the id "unknown"\./],
    [
      "with an invalid last operation",
      [unlink, link("unknown")],
      undefined,
      /No customizer has the id "unknown"\./,
    ],
    ["with an unsupported second operation", [unlink, { op: "test", path: PATH }], undefined, /\/1/],
  ])("%s is refused, and changes nothing", async (_, changes, headers, message) => {
    await using tenant = await testTenant({ seed: 1 });
    const response = await patch(tenant, LINKED, changes, headers);
    expect(response.status).toBe(400);
    expect((await errorTexts(response)).join()).toMatch(message);
    expect(await links(tenant)).toEqual(START);
  });

  test("that is missing or not JSON is refused", async () => {
    await using tenant = await testTenant({ seed: 1 });
    const path = `/beta/connector-instances/${LINKED}`;
    const broken = await tenant.call("PATCH", path, { body: "[", headers: PATCH_TYPE });
    expect(broken.status).toBe(400);
    expect((await errorTexts(broken)).join()).toMatch(/not JSON in UTF-8/);
    const missing = await tenant.call("PATCH", path);
    expect(missing.status).toBe(400);
    expect(await errorTexts(missing)).toEqual(["The body is missing."]);
    expect(await links(tenant)).toEqual(START);
  });

  test("of an unknown instance is not found", async () => {
    await using tenant = await testTenant({ seed: 1 });
    for (const id of ["unknown", "__proto__", "a%2Fb", EXAMPLE_ID]) {
      const response = await patch(tenant, id, [unlink]);
      expect(response.status).toBe(404);
      expect(await errorTexts(response)).toEqual([
        `No connector instance has the id ${JSON.stringify(decodeURIComponent(id))}.`,
      ]);
    }
  });
});

describe("X-SailPoint-Experimental", () => {
  test.each([
    "/v2024/connector-instances",
    "/v2025/connector-instances",
    "/v2026/connector-instances",
    "/connector-instances/v1",
  ])("is required at %s", async (path) => {
    await using tenant = await testTenant({ seed: 1 });
    const refused = await tenant.call("GET", path);
    expect(refused.status).toBe(400);
    expect((await errorTexts(refused)).join()).toMatch(/The header "x-sailpoint-experimental" is missing\./i);
    const untrue = await tenant.call("GET", path, { headers: { "X-SailPoint-Experimental": "yes" } });
    expect(untrue.status).toBe(400);
    const unlinked = { body: JSON.stringify([unlink]), headers: PATCH_TYPE };
    expect((await tenant.call("PATCH", `${path}/${LINKED}`, unlinked)).status).toBe(400);
    expect(await links(tenant)).toEqual(START);

    const allowed = await tenant.call("GET", path, { headers: EXPERIMENTAL });
    expect(allowed.status).toBe(200);
    expect(await allowed.json()).toHaveLength(2);
    const headers = { ...PATCH_TYPE, ...EXPERIMENTAL };
    expect((await tenant.call("PATCH", `${path}/${LINKED}`, { ...unlinked, headers })).status).toBe(200);
    expect(await links(tenant)).toEqual({ [LINKED]: null, [UNLINKED]: null });
  });

  test("is optional at beta", async () => {
    await using tenant = await testTenant({ seed: 1 });
    for (const headers of [{}, EXPERIMENTAL])
      expect((await tenant.call("GET", "/beta/connector-instances", { headers })).status).toBe(200);
  });

  test("is not required by other operations", async () => {
    await using tenant = await testTenant();
    expect((await tenant.call("GET", "/v2024/connector-customizers")).status).toBe(200);
  });
});

test("the scopes of both operations are checked", async () => {
  await using tenant = await testTenant({ seed: 1, scopes: ["sp:connector:read"] });
  expect(await links(tenant)).toEqual(START);
  expect((await patch(tenant, LINKED, [unlink])).status).toBe(403);
  expect(await links(tenant)).toEqual(START);
  expect((await fetch(`${tenant.mock.baseUrl}/beta/connector-instances`)).status).toBe(401);
  await using other = await testTenant({ seed: 1, scopes: ["sp:connector:manage"] });
  expect((await other.call("GET", "/beta/connector-instances")).status).toBe(403);
});

test("deleting a customizer removes its links", async () => {
  await using tenant = await testTenant({ seed: 2 });
  await patch(tenant, UNLINKED, [link(EXAMPLE_ID)]);
  expect((await tenant.call("DELETE", `/v2024/connector-customizers/${EXAMPLE_ID}`)).status).toBe(204);
  expect(await links(tenant)).toEqual({ [LINKED]: null, [UNLINKED]: null });
  expect((await patch(tenant, LINKED, [link(EXAMPLE_ID)])).status).toBe(400);
});

test("other methods are not allowed", async () => {
  await using tenant = await testTenant();
  const response = await tenant.call("POST", "/beta/connector-instances");
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("GET");
  const one = await tenant.call("GET", `/beta/connector-instances/${LINKED}`);
  expect(one.status).toBe(405);
  expect(one.headers.get("allow")).toBe("PATCH");
});
