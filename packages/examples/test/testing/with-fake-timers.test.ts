// Tests a wait of the client with fake timers, which move the clock past it.
import { createClient } from "@isc-customizers/client";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.useRealTimers());

test("waits as long as the server asks", async () => {
  vi.useFakeTimers();
  const fetch = vi
    .fn<typeof globalThis.fetch>()
    .mockResolvedValueOnce(new Response("", { status: 429, headers: { "Retry-After": "30" } }))
    .mockResolvedValueOnce(Response.json([]));
  const customizers = createClient({ tenant: "acme", auth: { accessToken: "test" }, fetch });

  const call = customizers.listConnectorCustomizers();
  await vi.advanceTimersByTimeAsync(29_000);
  expect(fetch).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await call).toEqual([]);
  expect(fetch).toHaveBeenCalledTimes(2);
});
