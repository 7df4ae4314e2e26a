import { describe, expect, test } from "vitest";
import projectDocument from "@isc-customizers/types/openapi.json" with { type: "json" };
import { InvalidReplyError, startMockTenant } from "../src/index.ts";
import { EXAMPLE_ID, json, zip } from "./tenant.ts";
import { accessToken } from "./token.ts";

const COLLECTION = "/v2024/connector-customizers";

type Responses = Readonly<Record<string, unknown>>;

/** The project's document in which one operation has other responses. */
function documentWith(path: string, method: string, responses: Responses, components: object = {}): object {
  const copy: object = structuredClone(projectDocument);
  const document = copy as {
    paths: Record<string, Record<string, { responses: Responses }>>;
    components: object;
  };
  const operation = document.paths[path]?.[method];
  if (operation === undefined) throw new Error(`no ${method} ${path}`);
  operation.responses = responses;
  return { ...document, components: { ...document.components, ...components } };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  /** Problems in the error of `close`; empty when it succeeded. */
  readonly problems: readonly string[];
}

/** Response of a tenant that serves `document`, and the result of `close`. */
async function answer(
  document: object,
  method: string,
  path: string,
  {
    authorized = true,
    validateReplies = true,
    ...init
  }: RequestInit & { authorized?: boolean; validateReplies?: boolean } = {},
): Promise<Answer> {
  const mock = await startMockTenant({ document, validateReplies, seed: 1 });
  const headers = new Headers(init.headers);
  if (authorized) headers.set("Authorization", `Bearer ${await accessToken(mock)}`);
  const response = await fetch(mock.baseUrl + path, { method, ...init, headers });
  const body = await response.text();
  const problems = await mock.close().then(
    () => [],
    (error: unknown) => {
      if (error instanceof InvalidReplyError) return error.problems;
      throw error;
    },
  );
  return { status: response.status, body, problems };
}

const ok = (schema: object, more: object = {}) => ({
  "200": { description: "Fine.", content: { "application/json": { schema } }, ...more },
});
const list = (responses: Responses, components?: object) =>
  documentWith("/connector-customizers", "get", responses, components);

describe("a reply that the document does not allow", () => {
  test.each<[string, object, string]>([
    ["its status", list({ "204": { description: "None." } }), "status 200 is not documented"],
    [
      "its status, for a range of others",
      list({ "4XX": { description: "Bad." } }),
      "status 200 is not documented",
    ],
    ["its body", list(ok({ type: "object" })), "body must be object"],
    [
      "its body, deep inside",
      list(ok({ type: "array", items: { type: "object", properties: { name: { type: "integer" } } } })),
      "body at /0/name must be integer",
    ],
    [
      "several problems of its body",
      list(ok({ type: "array", items: { required: ["colour", "size"] } })),
      "body at /0 must have required property 'colour'; body at /0 must have required property 'size'",
    ],
    [
      "an additional property",
      list(
        ok({
          items: {
            properties: { id: true, name: true, imageVersion: true, imageID: true, tenantID: true },
            additionalProperties: false,
          },
        }),
      ),
      'body at /0 must NOT have additional properties ("created")',
    ],
    [
      "its content type",
      list({ "200": { description: "Text.", content: { "text/plain": { schema: { type: "string" } } } } }),
      "content type application/json is not documented",
    ],
    [
      "an undocumented body",
      list({ "200": { description: "None." } }),
      "it has a body, but none is documented",
    ],
    [
      "a missing header",
      list(ok({}, { headers: { "X-Total-Count": { required: true, schema: { type: "integer" } } } })),
      "header X-Total-Count is missing",
    ],
    [
      "a header",
      list(ok({}, { headers: { "content-TYPE": { schema: { type: "string", enum: ["text/html"] } } } })),
      'header content-TYPE must be equal to one of the allowed values (["text/html"])',
    ],
    [
      "a header that should be a number",
      list(ok({}, { headers: { "Content-Type": { schema: { type: "integer" } } } })),
      "header Content-Type must be integer",
    ],
    [
      "a referenced response",
      list(
        { "200": { $ref: "#/components/responses/None" } },
        { responses: { None: { description: "None." } } },
      ),
      "it has a body, but none is documented",
    ],
    [
      "a reference within a reference",
      list(
        { "200": { $ref: "#/components/responses/Page" } },
        {
          responses: {
            Page: {
              description: "A page.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Page" } } },
            },
          },
          schemas: { ...projectDocument.components.schemas, Page: { type: "string" } },
        },
      ),
      "body must be string",
    ],
    [
      "a referenced header",
      list(ok({}, { headers: { "X-A": { $ref: "#/components/headers/Needed" } } }), {
        headers: { ...projectDocument.components.headers, Needed: { required: true, schema: {} } },
      }),
      "header X-A is missing",
    ],
    ["a status range", list({ "2XX": { description: "None." } }), "it has a body, but none is documented"],
    [
      "the default response",
      list({ default: { description: "None." } }),
      "it has a body, but none is documented",
    ],
  ])("because of %s becomes a 500, and `close` throws", async (_, document, problem) => {
    const found = await answer(document, "GET", COLLECTION);
    const text = `The reply to listConnectorCustomizers does not match the document: ${problem}.`;
    expect(found.problems).toEqual([text]);
    expect(found.status).toBe(500);
    expect(found.body).toContain(JSON.stringify(text).slice(1, -1));
  });

  test("because of a missing body becomes a 500, and `close` throws", async () => {
    const content = { "application/json": { schema: { type: "object" } } };
    const document = documentWith("/connector-customizers/{id}", "delete", {
      "204": { description: "Gone.", content },
    });
    const found = await answer(document, "DELETE", `${COLLECTION}/${EXAMPLE_ID}`);
    expect(found.status).toBe(500);
    expect(found.problems).toEqual([expect.stringContaining("it has no body, but one is documented")]);
  });

  test("is also found among refusals", async () => {
    const document = list(ok({ type: "array" }));
    const unauthorized = await answer(document, "GET", COLLECTION, { authorized: false });
    expect(unauthorized.problems).toEqual([expect.stringContaining("status 401 is not documented")]);
    const refused = await answer(document, "GET", `${COLLECTION}?limit=-1`);
    expect(refused.problems).toEqual([expect.stringContaining("status 400 is not documented")]);
  });

  test("is found under a fault in the right response, not in the fault's change", async () => {
    const mock = await startMockTenant({
      faults: [{ kind: "malformed-json" }, { kind: "status", status: 599 }, { kind: "html", status: 299 }],
    });
    const headers = { Authorization: `Bearer ${await accessToken(mock)}` };
    for (let n = 0; n < 3; n++) await fetch(mock.baseUrl + COLLECTION, { headers });
    await mock.close();
    const bad = await startMockTenant({
      document: list({ "204": { description: "None." } }),
      validateReplies: true,
      faults: [{ kind: "drop", when: "after" }],
    });
    const late = fetch(bad.baseUrl + COLLECTION, {
      headers: { Authorization: `Bearer ${await accessToken(bad)}` },
    });
    expect((await late).status).toBe(500);
    await expect(bad.close()).rejects.toThrow(InvalidReplyError);
  });

  test("is reported each time, and by every call of close", async () => {
    const mock = await startMockTenant({
      document: list({ "204": { description: "None." } }),
      validateReplies: true,
    });
    const headers = { Authorization: `Bearer ${await accessToken(mock)}` };
    for (let n = 0; n < 2; n++)
      expect((await fetch(mock.baseUrl + COLLECTION, { headers })).status).toBe(500);
    await expect(mock.close()).rejects.toMatchObject({ name: "InvalidReplyError", problems: { length: 2 } });
    await expect(mock.close()).rejects.toThrow(InvalidReplyError);
    await expect(fetch(mock.baseUrl)).rejects.toThrow(TypeError);
  });

  test("fails a block of `await using`", async () => {
    const block = async () => {
      await using mock = await startMockTenant({
        document: list({ "204": { description: "None." } }),
        validateReplies: true,
      });
      const headers = { Authorization: `Bearer ${await accessToken(mock)}` };
      await fetch(mock.baseUrl + COLLECTION, { headers });
    };
    await expect(block()).rejects.toThrow(InvalidReplyError);
  });
});

describe("a reply that the document allows", () => {
  test.each<[string, object, string, number]>([
    ["its status", list(ok({ type: "array" })), "", 200],
    ["a range of statuses", list({ "2XX": ok({ type: "array" })["200"] }), "", 200],
    [
      "a range of refusals",
      list({ ...ok({}), "4XX": { description: "Bad.", content: { "application/json": {} } } }),
      "?limit=-1",
      400,
    ],
    ["the default", list({ default: { description: "Any.", content: { "application/json": {} } } }), "", 200],
    [
      "a status before its range",
      list({ "2XX": { description: "None." }, ...ok({ type: "array" }) }),
      "",
      200,
    ],
    [
      "a content type with parameters",
      list({
        "200": { description: "Fine.", content: { "Application/JSON; charset=utf-8": { schema: {} } } },
      }),
      "",
      200,
    ],
    [
      "a header that is not required",
      list(ok({}, { headers: { "X-Total-Count": { schema: { type: "integer" } } } })),
      "",
      200,
    ],
  ])("because of %s is sent", async (_, document, query, status) => {
    const found = await answer(document, "GET", COLLECTION + query);
    expect(found.status).toBe(status);
    expect(found.problems).toEqual([]);
  });
});

describe("replies are not validated", () => {
  const narrow = list({ "204": { description: "None." } });

  test("by default for another document", async () => {
    const mock = await startMockTenant({ document: narrow });
    const headers = { Authorization: `Bearer ${await accessToken(mock)}` };
    expect((await fetch(mock.baseUrl + COLLECTION, { headers })).status).toBe(200);
    await mock.close();
  });

  test("with `validateReplies: false`", async () => {
    const found = await answer(narrow, "GET", COLLECTION, { validateReplies: false });
    expect(found).toMatchObject({ status: 200, problems: [] });
  });
});

test("every operation of the default document sends allowed replies in every version", async () => {
  const mock = await startMockTenant({ seed: 2, rateLimit: false, maxUploadSize: 1000 });
  const headers = { Authorization: `Bearer ${await accessToken(mock)}`, "X-SailPoint-Experimental": "true" };
  const send = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await fetch(mock.baseUrl + path, {
      method,
      ...init,
      headers: { ...headers, ...Object.fromEntries(new Headers(init.headers)) },
    });
    await response.text();
    return response.status;
  };
  const seen: number[] = [];
  for (const path of [
    (service: string) => `/v2024/${service}`,
    (service: string) => `/beta/${service}`,
    (service: string) => `/${service.replace(/^[\w-]+/, "$&/v1")}`,
  ]) {
    for (const [method, service, init] of [
      ["POST", "connector-customizers", json({ name: "A" })],
      ["POST", "connector-customizers", json([])],
      ["POST", "connector-customizers", json({ name: "x".repeat(1000) })],
      ["GET", "connector-customizers"],
      ["GET", "connector-customizers?limit=x"],
      ["GET", `connector-customizers/${EXAMPLE_ID}`],
      ["GET", "connector-customizers/unknown"],
      ["GET", "connector-customizers", { headers: { Authorization: "Bearer x" } }],
      ["PUT", `connector-customizers/${EXAMPLE_ID}`, json({ name: "B" })],
      ["POST", `connector-customizers/${EXAMPLE_ID}/versions`, { body: zip() }],
      ["POST", `connector-customizers/${EXAMPLE_ID}/versions`],
      [
        "POST",
        `connector-customizers/${EXAMPLE_ID}/versions`,
        { body: "x", headers: { "Content-Type": "application/zip" } },
      ],
      ["GET", "connector-instances"],
      ["GET", "connector-instances", { headers: { "X-SailPoint-Experimental": "no" } }],
      ["DELETE", "connector-customizers/unknown"],
    ] as [string, string, RequestInit?][])
      seen.push(await send(method, path(service), init));
  }
  expect(await send("DELETE", `${COLLECTION}/${EXAMPLE_ID}`)).toBe(204);
  expect(new Set(seen)).toEqual(new Set([200, 201, 400, 401, 404, 413]));
  await mock.close();
});
