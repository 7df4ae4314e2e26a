import { type Fault, type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { type Operation, type OperationId, operationTable } from "@isc-customizers/types";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { zipSync } from "fflate";
import { afterAll, describe, expect, test, vi } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { type Client, type ClientOptions, IscError, type RequestOptions } from "../../src/index.ts";
import { EagerClock, ManualClock } from "../support/clock.ts";

/*
 * Every operation under every fault. What is to be expected of a cell is worked out by `model`, from what is known of the fault
 * and of the operation, and from nothing of the client's.
 */

vi.setConfig({ maxConcurrency: 16 });

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const instanceId = "c3a94e17-6b2d-4f58-9e01-d85b7a20f64c";
const name = "The one of this cell";
const zip = zipSync({ "index.js": new TextEncoder().encode("module.exports = {}") });

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < zip.length; at += 20) yield await Promise.resolve(zip.slice(at, at + 20));
}

// ---------------------------------------------------------------------------------------------------------------------
// The operations

/** What a tenant has. */
interface State {
  readonly customizers: readonly { readonly id: string; readonly name: string }[];
  readonly instances: readonly { readonly id: string; readonly connectorCustomizerId: string | null }[];
  readonly versions: number;
}

/** A call of an operation, and how often it has had its effect. */
interface Sample {
  readonly label?: string;
  readonly call: (client: Client, options: RequestOptions) => PromiseLike<unknown>;
  readonly effects: (state: State) => number;
  /** The body cannot be sent a second time. */
  readonly oneShot?: true;
}

const none = () => 0;

function upload(label: string, body: () => unknown, oneShot?: true): Sample {
  return {
    label,
    call: (client, options) =>
      client.createConnectorCustomizerVersion({ id, body: body() as Uint8Array }, options),
    effects: ({ versions }) => versions,
    ...(oneShot && { oneShot }),
  };
}

const samples: Readonly<Record<OperationId, readonly Sample[]>> = {
  listConnectorCustomizers: [
    { call: (client, options) => client.listConnectorCustomizers({}, options), effects: none },
  ],
  getConnectorCustomizer: [
    { call: (client, options) => client.getConnectorCustomizer({ id }, options), effects: none },
  ],
  createConnectorCustomizer: [
    {
      call: (client, options) => client.createConnectorCustomizer({ body: { name } }, options),
      effects: ({ customizers }) => customizers.filter((one) => one.name === name).length,
    },
  ],
  putConnectorCustomizer: [
    {
      call: (client, options) => client.putConnectorCustomizer({ id, body: { name } }, options),
      effects: ({ customizers }) => customizers.filter((one) => one.name === name).length,
    },
  ],
  deleteConnectorCustomizer: [
    {
      call: (client, options) => client.deleteConnectorCustomizer({ id }, options),
      effects: ({ customizers }) => 1 - customizers.length,
    },
  ],
  createConnectorCustomizerVersion: [
    upload("of bytes", () => zip),
    upload("of a Blob", () => new Blob([zip])),
    upload("of a function's stream", () => () => new Blob([zip]).stream()),
    upload("of a stream", () => new Blob([zip]).stream(), true),
    upload("of an iterable", pieces, true),
    upload("of nothing", () => undefined),
  ],
  listConnectorInstances: [
    { call: (client, options) => client.listConnectorInstances({}, options), effects: none },
  ],
  patchConnectorInstance: [
    {
      call: (client, options) =>
        client.patchConnectorInstance(
          { id: instanceId, body: [{ op: "replace", path: "/connectorCustomizerId", value: id }] },
          options,
        ),
      effects: ({ instances }) =>
        instances.filter((one) => one.id === instanceId && one.connectorCustomizerId === id).length,
    },
  ],
};

interface Row extends Sample {
  readonly title: string;
  readonly operation: Operation;
}

const rows = Object.entries(operationTable).flatMap(([operationId, operation]) =>
  samples[operationId as OperationId].map((sample): Row => {
    const title = sample.label === undefined ? operationId : `${operationId} ${sample.label}`;
    return { ...sample, title, operation };
  }),
);

// ---------------------------------------------------------------------------------------------------------------------
// The faults

/** What becomes of a request, as the fault's documentation has it. */
type Fate =
  /** Answered with a status that is no success, and without effect. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfter?: readonly [number, number] }
  /** No answer, or none that is whole. */
  | { readonly kind: "lost"; readonly effect: boolean; readonly inBody?: true }
  /** No answer, or none that is whole, in the time that an attempt has. */
  | { readonly kind: "late"; readonly effect: boolean; readonly inBody?: true }
  /** A success that makes no sense. */
  | { readonly kind: "unreadable"; readonly effect: boolean; readonly inBody?: true }
  /** There is no token. */
  | { readonly kind: "no token"; readonly failure: "status" | "lost" | "late" | "refused" };

interface FaultCase {
  readonly title: string;
  readonly fault: Fault;
  readonly fate: Fate;
  /** It hits the first request alone; else every one. */
  readonly once: boolean;
}

/** How long an attempt may take, and a request for a token. */
const timeout = 30_000;
const never = 100_000_000;
const token = { path: "/oauth/token" };

function both(title: string, fault: Fault, fate: Fate): FaultCase[] {
  return [
    { title: `${title}, once`, fault, fate, once: true },
    { title: `${title}, for ever`, fault: { ...fault, probability: 1 }, fate, once: false },
  ];
}

function statusCases(status: number): FaultCase[] {
  return both(String(status), { kind: "status", status }, { kind: "status", status });
}

const faultCases: readonly FaultCase[] = [
  ...both("dropped before the effect", { kind: "drop", when: "before" }, { kind: "lost", effect: false }),
  ...both("dropped after the effect", { kind: "drop", when: "after" }, { kind: "lost", effect: true }),
  ...both("a truncated body", { kind: "truncated-body" }, { kind: "lost", effect: true, inBody: true }),
  ...both("slow headers", { kind: "delay", milliseconds: never }, { kind: "late", effect: false }),
  ...both(
    "a slow body",
    { kind: "slow-body", milliseconds: never },
    { kind: "late", effect: true, inBody: true },
  ),
  ...both("malformed JSON", { kind: "malformed-json" }, { kind: "unreadable", effect: true, inBody: true }),
  ...both(
    "a wrong content type",
    { kind: "content-type" },
    { kind: "unreadable", effect: true, inBody: true },
  ),
  ...both(
    "a page in place of the answer",
    { kind: "html", status: 200 },
    { kind: "unreadable", effect: false },
  ),
  ...both("a proxy's error page", { kind: "html" }, { kind: "status", status: 502 }),
  ...[400, 403, 404, 408, 409, 429, 500, 501, 502, 503, 504].flatMap(statusCases),
  ...both(
    "503 with a Retry-After",
    { kind: "status", status: 503, retryAfter: 4 },
    { kind: "status", status: 503, retryAfter: [4000, 4000] },
  ),
  ...both(
    "429 with a Retry-After in seconds",
    { kind: "status", status: 429, retryAfter: 7 },
    { kind: "status", status: 429, retryAfter: [7000, 7000] },
  ),
  ...both(
    "429 with a Retry-After that is a date",
    { kind: "status", status: 429, retryAfter: 7, retryAfterFormat: "date" },
    // A date has whole seconds, and the two are not written at the same moment.
    { kind: "status", status: 429, retryAfter: [6000, 8000] },
  ),
  ...both(
    "429 with a Retry-After that is too long",
    { kind: "status", status: 429, retryAfter: 61 },
    { kind: "status", status: 429, retryAfter: [61_000, 61_000] },
  ),
  ...both("expired tokens", { kind: "expired-tokens" }, { kind: "status", status: 401 }),
  ...both("401", { kind: "status", status: 401 }, { kind: "status", status: 401 }),
  ...both(
    "a token endpoint that is down",
    { kind: "status", status: 503, match: token },
    { kind: "no token", failure: "status" },
  ),
  ...both(
    "a token endpoint that hangs up",
    { kind: "drop", when: "before", match: token },
    { kind: "no token", failure: "lost" },
  ),
  ...both(
    "a token endpoint that refuses",
    { kind: "status", status: 401, match: token },
    { kind: "no token", failure: "refused" },
  ),
  {
    title: "a token endpoint that does not answer",
    fault: { kind: "delay", milliseconds: never, match: token, probability: 1 },
    fate: { kind: "no token", failure: "late" },
    once: false,
  },
];

// ---------------------------------------------------------------------------------------------------------------------
// The model

interface Expected {
  /** `data`, or the name of the error. */
  readonly outcome: string;
  /** How often the server saw the operation, and the token endpoint. */
  readonly requests: number;
  readonly tokens: number;
  /** What the server has done. */
  readonly effects: number;
  /** What was waited for, from least to most, in milliseconds. */
  readonly waits: readonly (readonly [number, number])[];
}

type Wait = readonly [number, number];

/** Half a second, doubled each time, of which at least the half is waited. */
const backoffs: readonly Wait[] = [
  [250, 500],
  [500, 1000],
];

const errorNames: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  401: "UnauthorizedError",
  403: "ForbiddenError",
  404: "NotFoundError",
  408: "ApiError",
  409: "ApiError",
  429: "RateLimitError",
};

/** A status is an answer, and all that can be said of it, too, is that the attempt failed. */
function errorOf(fate: Fate): string {
  switch (fate.kind) {
    case "status":
      return errorNames[fate.status] ?? "ServerError";
    case "lost":
      return "ConnectionError";
    case "late":
      return "TimeoutError";
    case "unreadable":
      return "ResponseParseError";
    case "no token":
      return "AuthenticationError";
  }
}

/** How often the request may be sent in all, under a fault that goes on. */
function mostAttempts({ operation: { method }, oneShot }: Row, fate: Fate): number {
  const harmless = ["GET", "PUT", "DELETE"].includes(method);
  if (oneShot || fate.kind === "unreadable" || fate.kind === "no token") return 1;
  if (fate.kind !== "status") return harmless ? 3 : 1;
  if (fate.status === 401) return 2;
  if (fate.status === 429) return (fate.retryAfter?.[0] ?? 0) > 60_000 ? 1 : 3;
  return harmless && [408, 500, 502, 503, 504].includes(fate.status) ? 3 : 1;
}

function model(row: Row, { fate, once }: FaultCase): Expected {
  const { operation } = row;
  const changes = operation.method === "GET" ? 0 : 1;
  if (fate.kind === "no token") return withoutToken(fate.failure, once, changes);
  const bodiless = operation.returns === undefined;
  if (bodiless && "inBody" in fate) {
    // There is no body for it to be in: the answer is right, unless the connection is cut.
    if (fate.kind !== "lost") return { outcome: "data", requests: 1, tokens: 1, effects: 1, waits: [] };
    // The second answer is that there is nothing left to delete, and it has a body.
    return { outcome: "data", requests: 2, tokens: 1, effects: 1, waits: backoffs.slice(0, 1) };
  }
  const most = mostAttempts(row, fate);
  const requests = Math.min(most, once ? 2 : most);
  const succeeds = once && most > 1;
  const failed = succeeds ? requests - 1 : requests;
  const waits: Wait[] = [];
  for (let attempt = 0; attempt < requests; attempt++) {
    if (fate.kind === "late" && attempt < failed) waits.push([timeout, timeout]);
    if (attempt === requests - 1) continue;
    if (fate.kind === "status" && fate.status === 401) waits.push([0, 0]);
    else waits.push((fate.kind === "status" && fate.retryAfter) || (backoffs[attempt] as Wait));
  }
  return {
    outcome: succeeds ? "data" : errorOf(fate),
    requests,
    tokens: fate.kind === "status" && fate.status === 401 ? requests : 1,
    effects: succeeds || ("effect" in fate && fate.effect) ? changes : 0,
    waits,
  };
}

function withoutToken(failure: string, once: boolean, changes: number): Expected {
  const lasting = failure === "refused";
  if (once && !lasting)
    return { outcome: "data", requests: 1, tokens: 2, effects: changes, waits: backoffs.slice(0, 1) };
  const waits = lasting ? [] : backoffs;
  const late: Wait = [timeout, timeout];
  return {
    outcome: "AuthenticationError",
    requests: 0,
    tokens: lasting ? 1 : 3,
    effects: 0,
    waits: failure === "late" ? [late, ...waits.flatMap((wait) => [wait, late])] : waits,
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// A cell

let cells = 0;
afterAll(() => console.log(`${cells} cells`));

/** What each server is to tell of the head of a request, by its port. */
const arrivals = new Map<string, (path: string) => void>();
subscribe("http.server.request.start", (message) => {
  const { request } = message as { request: IncomingMessage };
  arrivals.get(String(request.socket.localPort))?.(request.url ?? "");
});

interface Cell {
  readonly mock: MockTenant;
  readonly clock: ManualClock;
  readonly client: Client;
  /** The server has the head of a request. */
  onArrival: (path: string) => void;
  /** The client has the head of an operation's answer. */
  onAnswer: (response: Response) => void;
}

async function startCell(clock: ManualClock, options: Partial<ClientOptions> = {}): Promise<Cell> {
  const mock = await startMockTenant({ seed: 1, rateLimit: false });
  const fetchAndTell = async (url: string, init: RequestInit) => {
    const response = await fetch(url, init);
    if (!url.endsWith(token.path)) cell.onAnswer(response);
    return response;
  };
  const given = {
    baseUrl: mock.baseUrl,
    auth: mock,
    rateLimit: false,
    fetch: fetchAndTell,
    ...options,
  } as const;
  const cell: Cell = {
    mock,
    clock,
    client: createClientWithClock(given, clock),
    onArrival() {},
    onAnswer() {},
  };
  arrivals.set(new URL(mock.baseUrl).port, (path) => cell.onArrival(path));
  return cell;
}

/** Lets an attempt run out of time when what is late is under way: never before, on whatever machine. */
function expireWhenLate(cell: Cell, { fate, once }: FaultCase): void {
  const isToken = fate.kind === "no token";
  if (isToken ? fate.failure !== "late" : fate.kind !== "late") return;
  let left = once ? 1 : Infinity;
  const expire = () => {
    if (left-- > 0) cell.clock.expire(timeout);
  };
  if ("inBody" in fate) cell.onAnswer = ({ body }) => body && setImmediate(expire);
  else cell.onArrival = (path) => (path === token.path) === isToken && expire();
}

async function outcomeOf(call: PromiseLike<unknown>): Promise<string> {
  return await call.then(
    () => "data",
    (error: unknown) => {
      expect(error).toBeInstanceOf(IscError);
      return (error as IscError).name;
    },
  );
}

/** Looks at the tenant without the client, and then ends it. */
async function endOf({ mock }: Cell) {
  mock.faults.clear();
  const before = mock.requests.length;
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: mock.clientId,
    client_secret: mock.clientSecret,
  });
  const look = { headers: { "User-Agent": "look" } };
  const reply = await fetch(`${mock.baseUrl}/oauth/token`, { method: "POST", body: form, ...look });
  const { access_token } = (await reply.json()) as { access_token: string };
  const read = async (path: string) => {
    const headers = { ...look.headers, Authorization: `Bearer ${access_token}` };
    return (await (await fetch(`${mock.baseUrl}/beta${path}`, { headers })).json()) as never;
  };
  const state: State = {
    customizers: await read("/connector-customizers"),
    instances: await read("/connector-instances"),
    versions: mock.versions.length,
  };
  await mock.close();
  // What the client gave up may be recorded only now.
  expect(mock.requests.length).toBeGreaterThanOrEqual(before + 3);
  const seen = mock.requests.filter(({ headers }) => headers["user-agent"] !== "look");
  return {
    state,
    requests: seen.filter(({ operationId }) => operationId !== undefined).length,
    tokens: seen.filter(({ path }) => path === "/oauth/token").length,
  };
}

describe.concurrent.each(rows)("$title", (row) => {
  test.each(faultCases)("under $title", async (faultCase) => {
    cells++;
    const cell = await startCell(new EagerClock());
    cell.mock.faults.add(faultCase.fault);
    expireWhenLate(cell, faultCase);
    const outcome = await outcomeOf(row.call(cell.client, {}));
    const { fired, pending } = cell.clock;
    const { state, requests, tokens } = await endOf(cell);
    const { waits, ...expected } = model(row, faultCase);
    expect({ outcome, requests, tokens, effects: row.effects(state) }).toEqual(expected);
    expect(fired, `waits of ${JSON.stringify(waits)}`).toHaveLength(waits.length);
    for (const [at, [least, most]] of waits.entries()) {
      expect(fired[at]).toBeGreaterThanOrEqual(least);
      expect(fired[at]).toBeLessThanOrEqual(most);
    }
    expect(pending).toBe(0);
  });
});

// ---------------------------------------------------------------------------------------------------------------------
// Abort

/** When the caller gives up: its fault sees to it that the call comes to this point, and `reached` tells when it has. */
interface Stage {
  readonly title: string;
  readonly fault?: Fault;
  readonly options?: Partial<ClientOptions>;
  readonly reached: (cell: Cell) => Promise<unknown>;
  /** What the server has seen and done by then. */
  readonly requests: number;
  readonly tokens: number;
  readonly effect: boolean;
}

/** Resolves when the server has the head of a request for this path. */
function arrival(cell: Cell, path: RegExp): Promise<void> {
  return new Promise((resolve) => {
    cell.onArrival = (arrived) => path.test(arrived) && resolve();
  });
}

const stages: readonly Stage[] = [
  {
    title: "before the call",
    reached: () => Promise.resolve(),
    requests: 0,
    tokens: 0,
    effect: false,
  },
  {
    title: "while it waits for the limiter",
    options: { rateLimit: { requests: 1, seconds: 20 } },
    reached: ({ clock }) => clock.asked(21_000),
    requests: 0,
    tokens: 1,
    effect: false,
  },
  {
    title: "while it waits for the token",
    fault: { kind: "delay", milliseconds: never, match: token },
    reached: (cell) => arrival(cell, /token/),
    requests: 0,
    tokens: 1,
    effect: false,
  },
  {
    title: "while the token endpoint is given time",
    fault: { kind: "status", status: 503, retryAfter: 20, match: token },
    reached: ({ clock }) => clock.asked(20_000),
    requests: 0,
    tokens: 1,
    effect: false,
  },
  {
    title: "between two attempts",
    fault: { kind: "status", status: 429, retryAfter: 20 },
    reached: ({ clock }) => clock.asked(20_000),
    requests: 1,
    tokens: 1,
    effect: false,
  },
  {
    title: "while it is answered",
    fault: { kind: "delay", milliseconds: never },
    reached: (cell) => arrival(cell, /connector/),
    requests: 1,
    tokens: 1,
    effect: false,
  },
  {
    title: "while the body is read",
    fault: { kind: "slow-body", milliseconds: never },
    reached: (cell) => new Promise((resolve) => (cell.onAnswer = resolve)),
    requests: 1,
    tokens: 1,
    effect: true,
  },
];

describe.concurrent.each(rows)("$title", (row) => {
  test.each(stages)("aborted $title", async (stage) => {
    cells++;
    // Nothing runs out on it: what ends a call is the abort alone.
    const cell = await startCell(new ManualClock(), stage.options);
    const { mock, clock, client } = cell;
    // Takes the place that the limiter has.
    const others = stage.options?.rateLimit ? 1 : 0;
    if (others) await client.listConnectorInstances();
    if (stage.fault) mock.faults.add(stage.fault);
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const reached = stage.reached(cell);
    if (stage.title === "before the call") controller.abort(reason);
    let error: unknown;
    const outcome = outcomeOf(
      row.call(client, { signal: controller.signal }).then(undefined, (thrown: unknown) => {
        error = thrown;
        throw thrown;
      }),
    );
    // A body that cannot be sent again is not kept for another attempt, and an answer without a body has none to be read.
    const over = row.oneShot === true && stage.title === "between two attempts";
    const answered = row.operation.returns === undefined && stage.title === "while the body is read";
    await (over ? outcome : reached);
    controller.abort(reason);
    const ended = await outcome;
    if (answered || over) expect(ended).toBe(answered ? "data" : "RateLimitError");
    else {
      expect(ended).toBe("AbortError");
      expect((error as Error).cause).toBe(reason);
    }
    expect(clock.fired).toEqual([]);
    expect(clock.pending).toBe(0);
    const { state, requests, tokens } = await endOf(cell);
    expect({ requests: requests - others, tokens, effects: row.effects(state) }).toEqual({
      requests: stage.requests,
      tokens: stage.tokens,
      effects: stage.effect && row.operation.method !== "GET" ? 1 : 0,
    });
  });
});
