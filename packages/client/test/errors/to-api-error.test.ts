import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test } from "vitest";
import { redactor } from "../../src/errors/redact.ts";
import { toApiError } from "../../src/errors/to-api-error.ts";
import * as errors from "../../src/index.ts";
import { ApiError, createClient, IscError, RateLimitError } from "../../src/index.ts";
import { answering, clientOf, startServer } from "../support/server.ts";
import { rejection } from "../support/rejection.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

async function apiError(status: number, body: string, headers?: Record<string, string>): Promise<ApiError> {
  await using server = await answering(status, body, headers);
  const error = await rejection(clientOf(server).getConnectorCustomizer({ id }));
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe("the class of the error of a status", () => {
  test.each([
    [400, "BadRequestError"],
    [401, "UnauthorizedError"],
    [403, "ForbiddenError"],
    [404, "NotFoundError"],
    [429, "RateLimitError"],
    [500, "ServerError"],
    [502, "ServerError"],
    [503, "ServerError"],
    [599, "ServerError"],
    [302, "ApiError"],
    [405, "ApiError"],
    [409, "ApiError"],
    [418, "ApiError"],
  ] as const)("%i: %s", async (status, name) => {
    const error = await apiError(status, "{}");
    expect(error.constructor).toBe(errors[name]);
    expect(error).toBeInstanceOf(IscError);
    expect(error).toMatchObject({ name, status, attempts: 1 });
  });
});

describe("the error of a call has", () => {
  test("the fields of the body of a 404", async () => {
    await using mock = await startMockTenant();
    const error = await rejection(
      createClient({ baseUrl: mock.baseUrl, auth: mock }).getConnectorCustomizer({ id }),
    );
    expect(error).toBeInstanceOf(errors.NotFoundError);
    const { message, trackingId, ...rest } = error as ApiError;
    expect(rest).toMatchObject({
      status: 404,
      detailCode: expect.stringContaining("404"),
      messages: [{ text: expect.stringContaining(id), locale: "en-US" }],
      causes: [],
      body: { trackingId },
      operationId: "getConnectorCustomizer",
      method: "GET",
      url: `${mock.baseUrl}/v2024/connector-customizers/${id}`,
    });
    expect(trackingId).toMatch(/^[0-9a-f]{32}$/);
    expect(rest.headers.get("content-type")).toBe("application/json");
    expect(message).toBe(
      `getConnectorCustomizer: GET /v2024/connector-customizers/${id} answered 404: ` +
        `${rest.messages[0]?.text} (tracking id ${trackingId})`,
    );
  });

  test("the class of a 400 and of a 403", async () => {
    await using mock = await startMockTenant({ scopes: ["sp:connector:read"] });
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const forbidden = await rejection(client.createConnectorCustomizer({ body: { name: "x" } }));
    expect(forbidden).toBeInstanceOf(errors.ForbiddenError);
    const bad = await rejection(client.listConnectorCustomizers({ limit: 251 }));
    expect(bad).toBeInstanceOf(errors.BadRequestError);
    expect((bad as ApiError).message).toMatch(/limit/);
  });

  test("the message of a 401, which has another form", async () => {
    const error = await apiError(401, '{"error":"JWT expired"}');
    expect(error.messages).toEqual([{ text: "JWT expired", locale: null, localeOrigin: null }]);
    expect(error.message).toContain("answered 401: JWT expired");
  });

  test("the message of a 429, which has a third form, and `retryAfter`", async () => {
    const error = await apiError(429, '{"message":"Slow down"}', { "Retry-After": "7" });
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfter: 7000, messages: [{ text: "Slow down" }] });
  });

  test.each([
    ["an empty body", "", undefined],
    ["a page of a proxy", "<html>Bad gateway</html>", "<html>Bad gateway</html>"],
    ["a string", '"no"', "no"],
    ["null", "null", null],
    [
      "members of the wrong types",
      '{"messages":7,"causes":[null,{}],"trackingId":1}',
      { messages: 7, causes: [null, {}], trackingId: 1 },
    ],
  ])("the status text as its message when the body is %s", async (_, text, body) => {
    const error = await apiError(502, text);
    expect(error).toMatchObject({ status: 502, messages: [], causes: [], trackingId: undefined });
    expect(error.body).toEqual(body);
    expect(error.message).toContain("answered 502: Bad Gateway");
  });
});

describe("toApiError", () => {
  const request = { operationId: "getThing", method: "GET", url: "https://acme.example/v2024/things/a?b=c" };
  const redact = redactor(["opaque+token="]);
  const failed = (response: Response) => ({ request, response, attempts: 3, redact, retryAfter: 7000 });

  test("takes the attempts, the wait and the request from the caller", () => {
    const error = toApiError(failed(new Response(null, { status: 429 })), undefined);
    expect(error).toMatchObject({ ...request, attempts: 3, retryAfter: 7000, body: undefined });
    expect(error.message).toBe("getThing: GET /v2024/things/a answered 429: no message");
  });

  test("removes a secret from all strings and names of the parsed body, and from the headers", () => {
    const body = JSON.parse(
      String.raw`{"messages":[{"text":"bad opaque\u002btoken\u003d"}],"trackingId":"opaque+token=","opaque\u002btoken=":1}`,
    ) as unknown;
    const headers = { "X-Echo": "opaque%2Btoken%3D", "Set-Cookie": "a=b", "X-Auth-Token": "other" };
    const error = toApiError(failed(new Response(null, { status: 400, headers })), body);
    expect(error.message).toBe(
      "getThing: GET /v2024/things/a answered 400: bad [redacted] (tracking id [redacted])",
    );
    expect(error.body).toEqual({
      messages: [{ text: "bad [redacted]" }],
      trackingId: "[redacted]",
      "[redacted]": 1,
    });
    expect(Object.fromEntries(error.headers)).toEqual({
      "x-auth-token": "[redacted]",
      "x-echo": "[redacted]",
    });
  });

  test("reads a text that is not JSON", () => {
    const response = new Response(null, { status: 502, statusText: "opaque+token=" });
    const error = toApiError(failed(response), "<html>opaque+token=");
    expect(error.body).toBe("<html>[redacted]");
    expect(error.message).toMatch(/answered 502: \[redacted\]$/);
  });
});

describe("the body of an error response", () => {
  test("is decoded with the charset of Content-Type", async () => {
    await using server = await startServer((_, response) =>
      response
        .writeHead(502, { "Content-Type": "text/plain; charset=iso-8859-1" })
        .end(Buffer.from("Größe", "latin1")),
    );
    expect(await rejection(clientOf(server).getConnectorCustomizer({ id }))).toMatchObject({ body: "Größe" });
  });

  test("is read up to 1 MiB", async () => {
    await using server = await startServer((_, response) => {
      const write = () => {
        while (response.write("x".repeat(65_536)));
        response.once("drain", write);
      };
      response.writeHead(502);
      write();
    });
    const error = await rejection(clientOf(server).getConnectorCustomizer({ id }));
    expect((error as ApiError).body).toHaveLength(1_048_576);
  });

  test("does not reveal a token that JSON escapes", async () => {
    await using server = await answering(
      400,
      String.raw`{"messages":[{"text":"bad opaque\u002btoken\u003d"}]}`,
    );
    const client = clientOf(server, { auth: { accessToken: "opaque+token=" } });
    const error = await rejection(client.getConnectorCustomizer({ id }));
    expect((error as ApiError).message).toMatch(/answered 400: bad \[redacted\]$/);
    expect(JSON.stringify(error)).not.toContain("opaque");
  });
});

test("the message of an error has one line, however long the text of the server is", async () => {
  const error = await apiError(
    400,
    JSON.stringify({ messages: [{ text: `a\nb\u001b[31m ${"x".repeat(5000)}` }] }),
  );
  expect(error.message).toMatch(/answered 400: a b \[31m x+…$/);
  expect(error.message.length).toBeLessThan(500);
  expect(error.messages[0]?.text).toHaveLength(5000 + 9);
});
