import { startMockTenant } from "@isc-customizers/mock-tenant";
import type { Fault, MockTenant, MockTenantOptions } from "@isc-customizers/mock-tenant";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { accessToken } from "../../packages/mock-tenant/test/token.ts";
import { documentedOperations } from "./documented-operation.ts";
import type { DocumentedOperation } from "./documented-operation.ts";
import { startPrism } from "./prism.ts";
import type { Prism } from "./prism.ts";

// Prism (https://github.com/stoplightio/prism) is the judge: it knows the spec and none of this project's code, and stands
// between plain `fetch` and the mock tenant.

/** A mock tenant behind a Prism of its own. */
interface Court {
  readonly mock: MockTenant;
  readonly prism: Prism;
}

type CourtName = "usual" | "beta" | "unprivileged" | "narrow" | "spent";

const opened = new AsyncDisposableStack();
let courts: Record<CourtName, Court>;
beforeAll(async () => {
  courts = {
    usual: await open("v2024"),
    beta: await open("beta"),
    unprivileged: await open("v2024", { scopes: [] }),
    narrow: await open("v2024", { maxUploadSize: 0 }),
    spent: await open("v2024", { rateLimit: { requests: 1, seconds: 3600 } }),
  };
  const { mock } = courts.spent;
  const headers = { Authorization: `Bearer ${await accessToken(mock)}` };
  await fetch(`${mock.baseUrl}/v2024/connector-customizers`, { headers });
});
afterEach(() => courts.usual.mock.faults.clear());
afterAll(() => opened.disposeAsync());

/** How to be given a status. */
interface Way {
  readonly court?: CourtName;
  readonly fault?: Fault;
  /** What differs from the request that the spec's examples make. */
  readonly request?: (
    mock: MockTenant,
  ) => Partial<DocumentedOperation> | Promise<Partial<DocumentedOperation>>;
}

/** By status, and by operation and status where the operation differs. */
const ways: Readonly<Record<string, Way>> = {
  200: {},
  201: {},
  "createConnectorCustomizer 200": { court: "beta" },
  "deleteConnectorCustomizer 204": { request: async (mock) => ({ path: { id: await newCustomizer(mock) } }) },
  // What is wrong for all that the spec can say of it. Elsewhere it says enough: Prism lets through no request that is a 400.
  400: { fault: { kind: "status", status: 400 } },
  "createConnectorCustomizerVersion 400": { request: () => ({ body: "no zip" }) },
  "patchConnectorInstance 400": {
    request: () => ({ body: '[{"op":"replace","path":"/connectorCustomizerId","value":"nothing"}]' }),
  },
  401: { fault: { kind: "expired-tokens" } },
  403: { court: "unprivileged" },
  404: { request: () => ({ path: { id: "nothing" } }) },
  "listConnectorInstances 404": { fault: { kind: "status", status: 404 } },
  413: { court: "narrow" },
  429: { court: "spent" },
  500: { fault: { kind: "status", status: 500 } },
};

const documented = documentedOperations.flatMap((operation) =>
  operation.responses.map((response) => ({ operation, ...response })),
);

test("there are operations to judge", () => expect(documented.length).toBeGreaterThan(50));

describe("what the mock tenant answers is what the spec allows", () => {
  test.for(documented)("$operation.id $status", async ({ operation, status }) => {
    const way = wayTo(operation, status);
    const { mock, prism } = courts[way.court ?? "usual"];
    if (way.fault !== undefined) mock.faults.add(way.fault);
    const judged = await call({ mock, prism }, { ...operation, ...(await way.request?.(mock)) });
    expect(judged).toMatchObject({ status: Number(status), violations: null });
    // It was not Prism that answered.
    expect(mock.requests.at(-1)).toMatchObject({ operationId: operation.id, status: Number(status) });
  });

  test.for(documentedOperations)("$id on beta", async (operation) => {
    const success = operation.responses.map(({ status }) => status).find((status) => status.startsWith("2"));
    const { request } = wayTo(operation, success ?? "");
    const { mock } = courts.beta;
    const judged = await call(courts.beta, { ...operation, ...(await request?.(mock)) });
    expect(judged).toMatchObject({ status: Number(success), violations: null });
    expect(mock.requests.at(-1)).toMatchObject({ operationId: operation.id, apiVersion: "beta" });
  });
});

describe("the judge is awake", () => {
  test.for(documented.filter(({ hasBody }) => hasBody))(
    "it objects to a body of another shape: $operation.id $status",
    async ({ operation, status }) => {
      const fault = { kind: "status", status: Number(status), body: 7, retryAfter: 1 } as const;
      expect((await spoilt(operation.id, fault)).violations).toContain('"location":["response","body"]');
    },
  );

  test.for<[what: string, id: string, fault: Fault, violation: string]>([
    ["a 429 without Retry-After", "listConnectorCustomizers", { kind: "status", status: 429 }, "retry-after"],
    ["an unknown status", "listConnectorCustomizers", { kind: "status", status: 418 }, "status code"],
    ["another content type", "listConnectorCustomizers", { kind: "content-type" }, "media type"],
    ["an error page", "deleteConnectorCustomizer", { kind: "html", status: 500 }, "media type"],
    ["a missing id", "getConnectorCustomizer", { kind: "status", status: 200, body: {} }, "'id'"],
  ])("it objects to %s", async ([, id, fault, violation]) => {
    expect((await spoilt(id, fault)).violations).toContain(violation);
  });

  test.for<[what: string, id: string, request: Partial<DocumentedOperation>, status?: number]>([
    ["no token", "listConnectorCustomizers", { headers: { Authorization: "" } }, 401],
    ["too high a limit", "listConnectorCustomizers", { query: { limit: "251" } }],
    ["no body where one is required", "createConnectorCustomizer", { body: undefined }],
    ["a name that is no string", "putConnectorCustomizer", { body: '{"name":7}' }],
    ["another content type", "putConnectorCustomizer", { headers: { "Content-Type": "text/plain" } }],
    ["no experimental header", "listConnectorInstances", { headers: {} }],
    ["an empty patch", "patchConnectorInstance", { body: "[]" }],
  ])("it lets through no request with %s", async ([, id, request, status = 422]) => {
    const judged = await call(courts.usual, { ...operationNamed(id), ...request });
    expect(judged).toMatchObject({ status, type: "application/problem+json" });
    // The token for it was the last that the mock tenant was asked for.
    expect(courts.usual.mock.requests.at(-1)?.path).toBe("/oauth/token");
  });
});

async function open(apiVersion: string, options: MockTenantOptions = {}): Promise<Court> {
  const mock = opened.use(await startMockTenant({ seed: 1, rateLimit: false, ...options }));
  return { mock, prism: opened.use(startPrism(`${mock.baseUrl}/${apiVersion}`)) };
}

function wayTo({ id }: DocumentedOperation, status: string): Way {
  const way = ways[`${id} ${status}`] ?? ways[status];
  if (way === undefined) throw new Error(`Nothing in \`ways\` says how ${id} is made to answer ${status}.`);
  return way;
}

function operationNamed(id: string): DocumentedOperation {
  const operation = documentedOperations.find((one) => one.id === id);
  if (operation === undefined) throw new Error(`The spec has no ${id}.`);
  return operation;
}

interface Judged {
  readonly status: number;
  readonly type: string | null;
  /** What Prism objects to; null when it does not. */
  readonly violations: string | null;
}

/** Calls an operation through Prism, with a new token. */
async function call({ mock, prism }: Court, operation: DocumentedOperation): Promise<Judged> {
  const { method, template, path, query, headers, body = null } = operation;
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? "");
  const response = await fetch(`${await prism.url}${filled}?${new URLSearchParams(query)}`, {
    method,
    headers: { Authorization: `Bearer ${await accessToken(mock)}`, ...headers },
    body,
  });
  await response.arrayBuffer();
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    violations: response.headers.get("sl-violations"),
  };
}

/** Calls an operation that a fault hits. */
function spoilt(id: string, fault: Fault): Promise<Judged> {
  courts.usual.mock.faults.add(fault);
  return call(courts.usual, operationNamed(id));
}

/** The id of a customizer that is made past Prism. */
async function newCustomizer(mock: MockTenant): Promise<string> {
  const response = await fetch(`${mock.baseUrl}/v2024/connector-customizers`, {
    method: "POST",
    headers: { Authorization: `Bearer ${await accessToken(mock)}`, "Content-Type": "application/json" },
    body: "{}",
  });
  const { id }: { id: string } = JSON.parse(await response.text());
  return id;
}
