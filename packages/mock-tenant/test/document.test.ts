import { describe, expect, test } from "vitest";
import projectDocument from "@isc-customizers/types/openapi.json" with { type: "json" };
import { startMockTenant } from "../src/index.ts";
import type { FaultMatch } from "../src/index.ts";
import { errorTexts, json, testTenant } from "./tenant.ts";
import { credentials } from "./token.ts";

/** The project's document with one more operation, as an edit of the description would add it. */
function documentWith(path: string, item: object): object {
  return { ...projectDocument, paths: { ...projectDocument.paths, [path]: item } };
}

const responses = {
  "200": {
    description: "Health.",
    content: { "application/json": { examples: { fine: { value: { status: "fine" } } } } },
  },
};

describe("an operation that is new in the document", () => {
  const document = documentWith("/connector-customizers/{id}/health", {
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
    get: {
      operationId: "getHealth",
      security: [{ oauth2: ["sp:connector:read"] }],
      parameters: [
        { name: "depth", in: "query", required: true, schema: { type: "integer", minimum: 1 } },
        { name: "kind", in: "query", schema: { type: "array", items: { enum: ["a", "b"] } } },
        { name: "X-Trace", in: "header", schema: { type: "string", maxLength: 3 } },
      ],
      responses,
    },
    post: {
      operationId: "setHealth",
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              required: ["name"],
              additionalProperties: false,
              properties: {
                name: { type: ["string", "null"] },
                tags: { type: "array", items: { type: "object", properties: { "a/b": { enum: [1, 2] } } } },
              },
            },
          },
        },
      },
      responses: { "202": { description: "Taken." }, "400": { description: "Bad." } },
    },
  });

  test("returns its example in every version", async () => {
    await using tenant = await testTenant({ document });
    for (const path of ["/beta/connector-customizers/x/health", "/connector-customizers/v1/x/health"]) {
      const response = await tenant.call("GET", `${path}?depth=1&kind=a&kind=b`);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ status: "fine" });
    }
    expect(tenant.mock.requests.at(-1)?.operationId).toBe("getHealth");
  });

  test("validates its parameters and its scopes", async () => {
    await using tenant = await testTenant({ document });
    const response = await tenant.call("GET", "/beta/connector-customizers/x/health?kind=c", {
      headers: { "X-Trace": "long" },
    });
    expect(response.status).toBe(400);
    expect(await errorTexts(response)).toEqual([
      'The query parameter "depth" is missing.',
      'The query parameter "kind" at /0 must be equal to one of the allowed values (["a","b"]).',
      'The header "x-trace" must NOT have more than 3 characters.',
    ]);
    await using limited = await testTenant({ document, scopes: [] });
    expect((await limited.call("GET", "/beta/connector-customizers/x/health?depth=1")).status).toBe(403);
  });

  test("returns its example page by page when it is paginated", async () => {
    const integer = (name: string, value: number) => ({
      name,
      in: "query",
      schema: { type: "integer", minimum: 0, default: value },
    });
    await using tenant = await testTenant({
      document: documentWith("/letters", {
        get: {
          operationId: "listLetters",
          "x-pagination": { offset: "start", limit: "count" },
          parameters: [integer("start", 0), integer("count", 2)],
          responses: {
            "200": {
              description: "A page.",
              content: { "application/json": { example: ["a", "b", "c"] } },
            },
          },
        },
      }),
    });
    const page = async (query: string) => (await tenant.call("GET", `/beta/letters${query}`)).json();
    expect(await page("")).toEqual(["a", "b"]);
    expect(await page("?start=2")).toEqual(["c"]);
    expect(await page("?start=1&count=1")).toEqual(["b"]);
    expect(await page("?start=3")).toEqual([]);
  });

  test("validates its body, including type arrays of OpenAPI 3.1", async () => {
    await using tenant = await testTenant({ document });
    const post = (body: unknown) => tenant.call("POST", "/beta/connector-customizers/x/health", json(body));
    const taken = await post({ name: null });
    expect(taken.status).toBe(202);
    expect(await taken.text()).toBe("");
    expect(await errorTexts(await post({ name: 1, other: 1, tags: [{}, { "a/b": 3 }] }))).toEqual([
      'The body must NOT have additional properties ("other").',
      "The body at /name must be string,null.",
      "The body at /tags/1/a~1b must be equal to one of the allowed values ([1,2]).",
    ]);
    expect(await errorTexts(await post({}))).toEqual(["The body must have required property 'name'."]);
  });
});

test("an operation without content returns no body", async () => {
  const item = { delete: { security: [], responses: { "204": { description: "Gone." } } } };
  await using mock = await startMockTenant({ document: documentWith("/things", item) });
  const response = await fetch(`${mock.baseUrl}/v2024/things`, { method: "DELETE" });
  expect(response.status).toBe(204);
  expect(mock.requests[0]?.operationId).toBe("delete /things");
});

describe("another API's document", () => {
  const document = {
    openapi: "3.1.0",
    info: { title: "Other", version: "1" },
    servers: [{ url: "https://example.com/api" }],
    components: {
      securitySchemes: {
        login: {
          type: "oauth2",
          flows: { clientCredentials: { tokenUrl: "https://login.example.com/token", scopes: { all: "" } } },
        },
      },
    },
    paths: {
      "/made-up": {
        get: {
          security: [{ login: ["all"] }, {}],
          responses: {
            "200": {
              description: "Made up from the schema.",
              content: {
                "application/json": { schema: { type: "object", properties: { n: { type: "integer" } } } },
              },
            },
          },
        },
      },
      "/text": {
        put: {
          security: [{ login: ["all"] }],
          requestBody: { required: true, content: { "image/*": {} } },
          responses: { "200": { description: "Text.", content: { "text/plain": { example: "done" } } } },
        },
      },
    },
  };

  test("is served under the path of its server, with its own token path", async () => {
    await using mock = await startMockTenant({ document });
    expect((await fetch(`${mock.baseUrl}/made-up`)).status).toBe(404);
    const response = await fetch(`${mock.baseUrl}/api/made-up`);
    expect(await response.json()).toEqual({ n: expect.any(Number) });
    expect(mock.requests.at(-1)?.apiVersion).toBeUndefined();

    expect((await fetch(`${mock.baseUrl}/api/text`, { method: "PUT" })).status).toBe(401);
    const body = credentials(mock);
    const token = await (await fetch(`${mock.baseUrl}/token`, { method: "POST", body })).text();
    const { access_token }: { access_token: string } = JSON.parse(token);
    const put = (type: string, content: string) =>
      fetch(`${mock.baseUrl}/api/text`, {
        method: "PUT",
        headers: { Authorization: `Bearer ${access_token}`, "Content-Type": type },
        body: content,
      });
    const done = await put("image/png", "png");
    expect(done.headers.get("content-type")).toBe("text/plain");
    expect(await done.text()).toBe("done");
    expect((await put("image/png", "")).status).toBe(400);
    expect((await put("text/plain", "x")).status).toBe(400);
  });

  test("defines the known operations, versions and scopes", async () => {
    await using mock = await startMockTenant({ document, scopes: ["all"] });
    const fail = (match: FaultMatch) => mock.faults.add({ kind: "status", status: 500, match });
    fail({ operationId: "get /made-up" });
    expect(() => fail({ operationId: "listConnectorCustomizers" })).toThrow(
      /"listConnectorCustomizers" in \/match\. The API has: get \/made-up, put \/text\.$/,
    );
    expect(() => fail({ apiVersion: "v2024" })).toThrow(/"v2024" in \/match\. The API has: none\.$/);
    await expect(startMockTenant({ document, scopes: ["sp:connector:read"] })).rejects.toThrow(
      'Unknown scope "sp:connector:read". The scopes are: all.',
    );
  });
});

test("the document's scopes include those that only an operation requires", async () => {
  const item = { get: { security: [{ bearer: ["demanded"] }], responses } };
  const document = documentWith("/things", item);
  await using tenant = await testTenant({ document });
  expect((await tenant.call("GET", "/v2024/things")).status).toBe(200);
  await using same = await testTenant({ document, scopes: ["demanded"] });
  expect((await same.call("GET", "/v2024/things")).status).toBe(200);
});

test("the given document is not changed", async () => {
  const document = documentWith("/things", { get: { responses } });
  const before = JSON.stringify(document);
  await using mock = await startMockTenant({ document });
  expect((await fetch(`${mock.baseUrl}/v2024/things`)).status).toBe(401);
  expect(JSON.stringify(document)).toBe(before);
});

test.each([{}, { openapi: "2.0", paths: {} }, { openapi: "3.1.0" }])(
  "%j is not an OpenAPI document",
  async (document) => {
    await expect(startMockTenant({ document })).rejects.toThrow(TypeError);
  },
);
