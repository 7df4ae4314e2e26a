// Tests your own code with MSW, which answers in place of the network.
import { createClient } from "@isc-customizers/client";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { addPrefix } from "../../src/testing/rename-customizers.ts";

const api = "https://acme.api.identitynow.com";
const server = setupServer(
  http.post(`${api}/oauth/token`, () =>
    HttpResponse.json({ access_token: "test", token_type: "bearer", expires_in: 749 }),
  ),
);
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

test("renames the customizers that lack the prefix", async () => {
  const renamed: unknown[] = [];
  server.use(
    http.get(`${api}/v2024/connector-customizers`, ({ request }) => {
      const isFirstPage = !new URL(request.url).searchParams.has("offset");
      return HttpResponse.json(isFirstPage ? [{ id: "1", name: "Badges" }] : []);
    }),
    http.put(`${api}/v2024/connector-customizers/:id`, async ({ params, request }) => {
      const body = (await request.json()) as object;
      renamed.push({ ...params, ...body });
      return HttpResponse.json({ id: params["id"], ...body });
    }),
  );
  const customizers = createClient({ tenant: "acme", auth: { clientId: "id", clientSecret: "a secret" } });

  expect(await addPrefix(customizers, "test: ")).toBe(1);
  expect(renamed).toEqual([{ id: "1", name: "test: Badges" }]);
});
