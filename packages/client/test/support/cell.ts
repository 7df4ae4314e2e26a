import { type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { expect } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { type Client, type ClientOptions, IscError } from "../../src/index.ts";
import type { ManualClock } from "./clock.ts";
import type { State } from "./operation-samples.ts";

/** Matches the requests to the token endpoint, for a fault. */
export const token = { path: "/oauth/token" };

/** Longer than any time limit, in milliseconds. */
export const never = 100_000_000;

/** Called with the path of each request that arrives, by the port of the server. */
const arrivals = new Map<string, (path: string) => void>();
subscribe("http.server.request.start", (message) => {
  const { request } = message as { request: IncomingMessage };
  arrivals.get(String(request.socket.localPort))?.(request.url ?? "");
});

/** A tenant with a client of its own. */
export interface Cell {
  readonly mock: MockTenant;
  readonly clock: ManualClock;
  readonly client: Client;
  /** Called when the server has the head of a request. */
  onArrival: (path: string) => void;
  /** Called when the client has the head of an operation's response. */
  onAnswer: (response: Response) => void;
}

export async function startCell(clock: ManualClock, options: Partial<ClientOptions> = {}): Promise<Cell> {
  const mock = await startMockTenant({ seed: 1, rateLimit: false });
  const observedFetch = async (url: string, init: RequestInit) => {
    const response = await fetch(url, init);
    if (!url.endsWith(token.path)) cell.onAnswer(response);
    return response;
  };
  const given = {
    baseUrl: mock.baseUrl,
    auth: mock,
    rateLimit: false,
    fetch: observedFetch,
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

/** Returns `data`, or the name of the error. */
export async function outcomeOf(call: PromiseLike<unknown>): Promise<string> {
  return await call.then(
    () => "data",
    (error: unknown) => {
      expect(error).toBeInstanceOf(IscError);
      return (error as IscError).name;
    },
  );
}

/** Reads the state and the requests of the tenant without the client, and closes it. */
export async function endOf({ mock }: Cell) {
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
  // The server may record an aborted request only now.
  expect(mock.requests.length).toBeGreaterThanOrEqual(before + 3);
  const seen = mock.requests.filter(({ headers }) => headers["user-agent"] !== "look");
  return {
    state,
    requests: seen.filter(({ operationId }) => operationId !== undefined).length,
    tokens: seen.filter(({ path }) => path === "/oauth/token").length,
  };
}

/** A wait from least to most, in milliseconds. */
export type Wait = readonly [number, number];

/** The default backoff. */
export const backoff: readonly Wait[] = [
  [250, 500],
  [500, 1000],
];

/** An attempt that exceeds the default `timeout`. */
export const attempt: Wait = [30_000, 30_000];

/** Frequencies of a fault. */
export const frequencies = ["once", "always"] as const;

/** Compares the timers that fired with the expected waits. */
export function expectWaits(fired: readonly number[], waits: readonly Wait[]): void {
  expect(fired, `waits of ${JSON.stringify(waits)}`).toHaveLength(waits.length);
  for (const [at, [least, most]] of waits.entries()) {
    expect(fired[at]).toBeGreaterThanOrEqual(least);
    expect(fired[at]).toBeLessThanOrEqual(most);
  }
}
