import { zipSync } from "fflate";
import { startMockTenant } from "../src/index.ts";
import type { MockTenant, MockTenantOptions } from "../src/index.ts";
import { accessToken } from "./token.ts";

/** Sends a request with a bearer token; `path` starts after the base URL. */
export type Call = (method: string, path: string, init?: RequestInit) => Promise<Response>;

export interface TestTenant extends AsyncDisposable {
  readonly mock: MockTenant;
  readonly token: string;
  readonly call: Call;
}

/** A running tenant, a token for it, and a function that calls it. */
export async function testTenant(options?: MockTenantOptions): Promise<TestTenant> {
  const mock = await startMockTenant(options);
  const token = await accessToken(mock);
  return {
    mock,
    token,
    call: (method, path, init) => {
      const headers = new Headers(init?.headers);
      if (!headers.has("Authorization")) headers.set("Authorization", `Bearer ${token}`);
      return fetch(mock.baseUrl + path, { method, ...init, headers });
    },
    [Symbol.asyncDispose]: () => mock.close(),
  };
}

export function json(value: unknown): RequestInit {
  return { body: JSON.stringify(value), headers: { "Content-Type": "application/json" } };
}

/** Builds a zip; the same files always give the same bytes. */
export function zip(
  files: Record<string, string> = { "index.js": "console.log(1)\n", "package.json": "{}" },
) {
  const encoder = new TextEncoder();
  const entries = Object.entries(files).map(([name, text]) => [name, encoder.encode(text)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: "2026-01-01T12:00:00" });
}

export const EXAMPLE_ID = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

/** Message texts of a documented error body. */
export async function errorTexts(response: Response): Promise<string[]> {
  const body: { trackingId: string; messages: { text: string }[] } = JSON.parse(await response.text());
  if (!/^[0-9a-f]{32}$/.test(body.trackingId)) throw new Error(`no trackingId in ${JSON.stringify(body)}`);
  return body.messages.map((message) => message.text);
}
