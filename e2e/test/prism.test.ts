import { startMockTenant } from "@isc-customizers/mock-tenant";
import type { Fault, MockTenant, MockTenantOptions } from "@isc-customizers/mock-tenant";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { accessToken } from "../../packages/mock-tenant/test/token.ts";
import { documentedOperations } from "./support/documented-operation.ts";
import type { DocumentedOperation } from "./support/documented-operation.ts";
import { startPrism } from "./support/prism.ts";
import type { Prism } from "./support/prism.ts";

// Prism (https://github.com/stoplightio/prism) is an independent validator. It knows the spec but none of this project's code, and
// forwards requests from plain `fetch` to the mock tenant.

/** A mock tenant and the Prism in front of it. */
interface Setup {
  readonly mock: MockTenant;
  readonly prism: Prism;
}

type SetupName = "usual" | "beta" | "unprivileged" | "narrow" | "spent";

const opened = new AsyncDisposableStack();
let setups: Record<SetupName, Setup>;
beforeAll(async () => {
  setups = {
    usual: await open("v2024"),
    beta: await open("beta"),
    unprivileged: await open("v2024", { scopes: [] }),
    narrow: await open("v2024", { maxUploadSize: 0 }),
    spent: await open("v2024", { rateLimit: { requests: 1, seconds: 3600 } }),
  };
  const { mock } = setups.spent;
  const headers = { Authorization: `Bearer ${await accessToken(mock)}` };
  await fetch(`${mock.baseUrl}/v2024/connector-customizers`, { headers });
});
afterEach(() => setups.usual.mock.faults.clear());
afterAll(() => opened.disposeAsync());

/** A way to get a status from the mock tenant. */
interface Way {
  readonly setup?: SetupName;
  readonly fault?: Fault;
  /** Changes to the request built from the spec's examples. */
  readonly request?: (
    mock: MockTenant,
  ) => Partial<DocumentedOperation> | Promise<Partial<DocumentedOperation>>;
}

const unknownId: Way = { request: () => ({ path: { id: "nothing" } }) };

/** Ways by status. A key with an operation and a status takes precedence. */
const ways: Readonly<Record<string, Way>> = {
  200: {},
  201: {},
  "createConnectorCustomizer 200": { setup: "beta" },
  "deleteConnectorCustomizer 204": { request: async (mock) => ({ path: { id: await newCustomizer(mock) } }) },
  // Only a request that the spec allows reaches the mock tenant, because Prism answers all others itself. So a 400 needs a
  // fault, or a request whose problem the spec cannot express.
  400: { fault: { kind: "status", status: 400 } },
  "createConnectorCustomizerVersion 400": { request: () => ({ body: "no zip" }) },
  "patchConnectorInstance 400": {
    request: () => ({ body: '[{"op":"replace","path":"/connectorCustomizerId","value":"nothing"}]' }),
  },
  401: { fault: { kind: "expired-tokens" } },
  403: { setup: "unprivileged" },
  404: { fault: { kind: "status", status: 404 } },
  "getConnectorCustomizer 404": unknownId,
  "putConnectorCustomizer 404": unknownId,
  "deleteConnectorCustomizer 404": unknownId,
  "createConnectorCustomizerVersion 404": unknownId,
  "patchConnectorInstance 404": unknownId,
  413: { setup: "narrow" },
  429: { setup: "spent" },
  500: { fault: { kind: "status", status: 500 } },
};

const documented = documentedOperations.flatMap((operation) =>
  operation.responses.map((response) => ({ operation, ...response })),
);

test("the spec documents more than 50 responses", () => expect(documented.length).toBeGreaterThan(50));

describe("the mock tenant conforms to the spec", () => {
  test.for(documented)("$operation.id $status", async ({ operation, status }) => {
    const way = wayTo(operation, status);
    const { mock, prism } = setups[way.setup ?? "usual"];
    if (way.fault !== undefined) mock.faults.add(way.fault);
    const response = await call({ mock, prism }, { ...operation, ...(await way.request?.(mock)) });
    expect(response).toMatchObject({ status: Number(status), violations: null });
    // The mock tenant answered, and not Prism.
    expect(mock.requests.at(-1)).toMatchObject({ operationId: operation.id, status: Number(status) });
  });

  test.for(documentedOperations)("$id on beta", async (operation) => {
    const success = operation.responses.map(({ status }) => status).find((status) => status.startsWith("2"));
    const { request } = wayTo(operation, success ?? "");
    const { mock } = setups.beta;
    const response = await call(setups.beta, { ...operation, ...(await request?.(mock)) });
    expect(response).toMatchObject({ status: Number(success), violations: null });
    expect(mock.requests.at(-1)).toMatchObject({ operationId: operation.id, apiVersion: "beta" });
  });
});

describe("Prism", () => {
  test.for(documented.filter(({ hasBody }) => hasBody))(
    "reports a body of the wrong shape: $operation.id $status",
    async ({ operation, status }) => {
      const fault = { kind: "status", status: Number(status), body: 7, retryAfter: 1 } as const;
      expect((await callWithFault(operation.id, fault)).violations).toContain(
        '"location":["response","body"]',
      );
    },
  );

  test.for<[what: string, id: string, fault: Fault, violation: string]>([
    ["a 429 without Retry-After", "listConnectorCustomizers", { kind: "status", status: 429 }, "retry-after"],
    ["an unknown status", "listConnectorCustomizers", { kind: "status", status: 418 }, "status code"],
    ["an undocumented content type", "listConnectorCustomizers", { kind: "content-type" }, "media type"],
    ["an error page", "deleteConnectorCustomizer", { kind: "html", status: 500 }, "media type"],
    ["a missing id", "getConnectorCustomizer", { kind: "status", status: 200, body: {} }, "'id'"],
  ])("reports %s", async ([, id, fault, violation]) => {
    expect((await callWithFault(id, fault)).violations).toContain(violation);
  });

  test.for<[what: string, id: string, request: Partial<DocumentedOperation>, status?: number]>([
    ["no token", "listConnectorCustomizers", { headers: { Authorization: "" } }, 401],
    ["too high a limit", "listConnectorCustomizers", { query: { limit: "251" } }],
    ["no body where one is required", "createConnectorCustomizer", { body: undefined }],
    ["a name that is not a string", "putConnectorCustomizer", { body: '{"name":7}' }],
    ["the wrong content type", "putConnectorCustomizer", { headers: { "Content-Type": "text/plain" } }],
    ["no experimental-API header", "listConnectorInstances", { headers: {} }],
    ["an empty patch", "patchConnectorInstance", { body: "[]" }],
  ])("rejects a request with %s", async ([, id, request, status = 422]) => {
    const response = await call(setups.usual, { ...operationNamed(id), ...request });
    expect(response).toMatchObject({ status, type: "application/problem+json" });
    // Only the request for the token reached the mock tenant.
    expect(setups.usual.mock.requests.at(-1)?.path).toBe("/oauth/token");
  });
});

async function open(apiVersion: string, options: MockTenantOptions = {}): Promise<Setup> {
  const mock = opened.use(await startMockTenant({ seed: 1, rateLimit: false, ...options }));
  return { mock, prism: opened.use(startPrism(`${mock.baseUrl}/${apiVersion}`)) };
}

function wayTo({ id }: DocumentedOperation, status: string): Way {
  const way = ways[`${id} ${status}`] ?? ways[status];
  if (way === undefined) throw new Error(`\`ways\` has no entry for the status ${status} of ${id}.`);
  return way;
}

function operationNamed(id: string): DocumentedOperation {
  const operation = documentedOperations.find((documentedOperation) => documentedOperation.id === id);
  if (operation === undefined) throw new Error(`The spec has no ${id}.`);
  return operation;
}

interface CheckedResponse {
  readonly status: number;
  readonly type: string | null;
  /** The violations that Prism reports, as JSON; null if there are none. */
  readonly violations: string | null;
}

/** Calls an operation through Prism, with a new token. */
async function call({ mock, prism }: Setup, operation: DocumentedOperation): Promise<CheckedResponse> {
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

/** Adds a fault, and calls the operation through Prism. */
function callWithFault(id: string, fault: Fault): Promise<CheckedResponse> {
  setups.usual.mock.faults.add(fault);
  return call(setups.usual, operationNamed(id));
}

/** Creates a customizer without going through Prism. @returns its id. */
async function newCustomizer(mock: MockTenant): Promise<string> {
  const response = await fetch(`${mock.baseUrl}/v2024/connector-customizers`, {
    method: "POST",
    headers: { Authorization: `Bearer ${await accessToken(mock)}`, "Content-Type": "application/json" },
    body: "{}",
  });
  const { id }: { id: string } = JSON.parse(await response.text());
  return id;
}
