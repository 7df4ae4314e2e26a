import { describe, expect, test } from "vitest";
import { rawRequest } from "./raw-request.ts";
import { EXAMPLE_ID, errorTexts, json, testTenant, zip } from "./tenant.ts";
import type { Call } from "./tenant.ts";

const COLLECTION = "/v2024/connector-customizers";

async function create(call: Call, name: string): Promise<string> {
  const { id }: { id: string } = JSON.parse(await (await call("POST", COLLECTION, json({ name }))).text());
  return id;
}

describe("create", () => {
  test("returns the new customizer, and get finds it", async () => {
    await using tenant = await testTenant();
    const response = await tenant.call(
      "POST",
      COLLECTION,
      json({ name: "Ünïcode 名", id: "mine", extra: [1] }),
    );
    const made: { id: string; created: string } = JSON.parse(await response.text());
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: "Ünïcode 名",
      tenantID: expect.stringMatching(/^[0-9a-f]{32}$/),
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    const found = await tenant.call("GET", `${COLLECTION}/${made.id}`);
    expect(await found.json()).toEqual(made);
  });

  test("accepts a body without a name, and a body without a content type", async () => {
    await using tenant = await testTenant();
    const response = await tenant.call("POST", COLLECTION, json({}));
    expect(response.status).toBe(201);
    expect(await response.json()).not.toHaveProperty("name");
    const untyped = await tenant.call("POST", COLLECTION, { body: new TextEncoder().encode('{"name":"B"}') });
    expect(await untyped.json()).toHaveProperty("name", "B");
  });

  test.each([
    ["no body", {}, "The body is missing."],
    ["a numeric name", json({ name: 5 }), "The body at /name must be string."],
    ["an array", json([]), "The body must be object."],
    ["null", json(null), "The body must be object."],
    ["a JSON string", json('{"name":"A"}'), "The body must be object."],
    [
      "another content type",
      { body: "<a/>", headers: { "Content-Type": "text/xml" } },
      /application\/json; got text\/xml/,
    ],
    ["malformed JSON", { ...json(1), body: '{"name":' }, /not JSON in UTF-8: .+/],
    ["invalid UTF-8", { ...json(1), body: new Uint8Array([0x22, 0xff, 0x22]) }, /not JSON in UTF-8/],
  ] satisfies [string, RequestInit, string | RegExp][])("refuses %s", async (_, init, text) => {
    await using tenant = await testTenant();
    const response = await tenant.call("POST", COLLECTION, init);
    expect(response.status).toBe(400);
    const [message] = await errorTexts(response);
    if (typeof text === "string") expect(message).toBe(text);
    else expect(message).toMatch(text);
    expect(await (await tenant.call("GET", COLLECTION)).json()).toEqual([]);
  });

  test("refuses a JSON body of more than 1 MiB", async () => {
    await using tenant = await testTenant();
    const response = await tenant.call("POST", COLLECTION, json({ name: "x".repeat(1024 * 1024) }));
    expect(response.status).toBe(413);
    expect(await errorTexts(response)).toEqual(["The body is larger than 1048576 bytes."]);
  });

  test("ignores prototype keys", async () => {
    await using tenant = await testTenant();
    const response = await tenant.call("POST", COLLECTION, {
      ...json(1),
      body: '{"__proto__":{"name":"X"}}',
    });
    expect(await response.json()).not.toHaveProperty("name");
  });
});

describe("list", () => {
  test("returns customizers in the order of creation, with offset and limit", async () => {
    await using tenant = await testTenant();
    for (const name of ["A", "B", "C"]) await create(tenant.call, name);
    const names = async (query: string) => {
      const page: { name: string }[] = JSON.parse(
        await (await tenant.call("GET", COLLECTION + query)).text(),
      );
      return page.map((customizer) => customizer.name).join("");
    };
    expect(await names("")).toBe("ABC");
    expect(await names("?limit=2")).toBe("AB");
    expect(await names("?limit=2&offset=2")).toBe("C");
    expect(await names("?offset=3")).toBe("");
    expect(await names("?limit=0")).toBe("");
    expect(await names("?limit=1&count=true&__proto__=x")).toBe("A");
  });

  test("returns at most 250 customizers by default", async () => {
    await using tenant = await testTenant({ seed: 251 });
    expect(await (await tenant.call("GET", COLLECTION)).json()).toHaveLength(250);
  });

  test.each([
    ["limit=251", ['The query parameter "limit" must be <= 250.']],
    ["limit=ten", ['The query parameter "limit" must be integer.']],
    ["limit=1.5", ['The query parameter "limit" must be integer.']],
    ["limit=", ['The query parameter "limit" must be integer.']],
    // JavaScript reads these texts as numbers, but they are not decimal integers.
    ["limit=0x10", ['The query parameter "limit" must be integer.']],
    ["limit=1e2", ['The query parameter "limit" must be integer.']],
    ["limit=%2B1", ['The query parameter "limit" must be integer.']],
    ["limit=%201", ['The query parameter "limit" must be integer.']],
    ["limit=1.0", ['The query parameter "limit" must be integer.']],
    ["limit=1&limit=2", ['The query parameter "limit" must be integer.']],
    ["offset=2147483648", ['The query parameter "offset" must match format "int32".']],
    [
      "offset=-1&limit=-1",
      ['The query parameter "offset" must be >= 0.', 'The query parameter "limit" must be >= 0.'],
    ],
  ])("refuses %s", async (query, texts) => {
    await using tenant = await testTenant();
    const response = await tenant.call("GET", `${COLLECTION}?${query}`);
    expect(response.status).toBe(400);
    expect(await errorTexts(response)).toEqual(texts);
  });
});

describe("put", () => {
  test("renames a customizer, and changes nothing without a body or a name", async () => {
    await using tenant = await testTenant();
    const path = `${COLLECTION}/${await create(tenant.call, "A")}`;
    expect(await (await tenant.call("PUT", path)).json()).toHaveProperty("name", "A");
    expect(await (await tenant.call("PUT", path, json({}))).json()).toHaveProperty("name", "A");
    expect(await (await tenant.call("PUT", path, json({ name: "B", id: "" }))).json()).toHaveProperty(
      "name",
      "B",
    );
    expect(await (await tenant.call("GET", path)).json()).toHaveProperty("name", "B");
    expect((await tenant.call("PUT", path, json({ name: null }))).status).toBe(400);
  });
});

describe("delete", () => {
  test("removes the customizer and its versions; a second delete finds nothing", async () => {
    await using tenant = await testTenant();
    const [kept, removed] = [await create(tenant.call, "A"), await create(tenant.call, "B")];
    for (const id of [kept, removed])
      await tenant.call("POST", `${COLLECTION}/${id}/versions`, { body: zip() });
    const response = await tenant.call("DELETE", `${COLLECTION}/${removed}`);
    expect(response.status).toBe(204);
    expect(await response.text()).toBe("");
    expect((await tenant.call("GET", `${COLLECTION}/${removed}`)).status).toBe(404);
    expect((await tenant.call("DELETE", `${COLLECTION}/${removed}`)).status).toBe(404);
    expect(tenant.mock.versions.map((version) => version.customizerId)).toEqual([kept]);
  });
});

describe("an id", () => {
  test.each([
    ["GET", "/unknown", "unknown"],
    ["PUT", "/a%2Fversions", "a/versions"],
    ["DELETE", "/%2e%2e", ".."],
    ["POST", "/a%2F..%2Fb/versions", "a/../b"],
    ["GET", "/__proto__", "__proto__"],
    ["GET", "/%E5%90%8D", "名"],
  ])("%s %s is not found", async (method, path, id) => {
    await using tenant = await testTenant({ seed: 1 });
    const response = await rawRequest(tenant.mock.baseUrl, method, COLLECTION + path, tenant.token);
    expect(response.status).toBe(404);
    expect(response.body).toContain(JSON.stringify(`No customizer has the id ${JSON.stringify(id)}.`));
  });

  test.each(["%", "%zz", "%ff"])("with malformed percent-encoding (%s) is refused", async (id) => {
    await using tenant = await testTenant();
    const response = await rawRequest(tenant.mock.baseUrl, "GET", `${COLLECTION}/${id}`, tenant.token);
    expect(response.status).toBe(400);
    expect(response.body).toContain("percent-encoded");
  });
});

describe("customizers at the start", () => {
  test("start with the document's example, and its next version continues the count", async () => {
    await using tenant = await testTenant({ seed: 3 });
    const response = await tenant.call("GET", `${COLLECTION}/${EXAMPLE_ID}`);
    expect(await response.json()).toMatchObject({
      id: EXAMPLE_ID,
      name: "My Custom Connector",
      imageVersion: 2,
    });
    const version = await tenant.call("POST", `${COLLECTION}/${EXAMPLE_ID}/versions`, { body: zip() });
    expect(await version.json()).toMatchObject({ version: 3 });
    const all: { id: string }[] = JSON.parse(await (await tenant.call("GET", COLLECTION)).text());
    expect(new Set(all.map((customizer) => customizer.id)).size).toBe(3);
  });
});
