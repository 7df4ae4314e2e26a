import { createClient, type Client, type ClientOptions, IscError } from "@isc-customizers/client";
import { clientFromEnvironment, undiciFetch, zipFromFile } from "@isc-customizers/client/node";
import { startMockTenant, type MockTenant } from "@isc-customizers/mock-tenant";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { customizerZip } from "../../src/customizer-zip.ts";
import { root } from "./pages.ts";

const page = await readFile(join(root, "docs/guides/troubleshooting.md"), "utf8");

/** The messages in the first column of the table of a section. */
function messagesOf(section: string): string[] {
  const [, text = ""] = page.split(`\n## ${section}\n`);
  const [rows = ""] = text.split("\n## ");
  return Array.from(rows.matchAll(/^\| (`+) ?(.+?) ?\1 +\|/gm), ([, , message = ""]) => message);
}

let mock: MockTenant;
let folder: string;
beforeAll(async () => {
  mock = await startMockTenant();
  folder = await mkdtemp(join(tmpdir(), "troubleshooting-"));
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const credentials = { clientId: "id", clientSecret: "secret" };
/** A client of a tenant, whose `fetch` gives this response. */
const answering = (
  response: () => Response | Promise<Response>,
  options: Partial<ClientOptions> = {},
): Client =>
  createClient({
    tenant: "acme",
    auth: { accessToken: "token" },
    retries: 0,
    fetch: async () => await response(),
    ...options,
  });
const unknown = (options: object) => createClient({ tenant: "acme", auth: credentials, ...options });
const onMock = (): Client => {
  const { baseUrl, clientId, clientSecret } = mock;
  return createClient({ baseUrl, auth: { clientId, clientSecret }, retries: 0 });
};
/** Passes arguments of the wrong types. */
const untyped = (client: Client) =>
  client as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
const never = () => new Promise<never>(() => {});

/** Returns the error of a call, as `NAME: MESSAGE`. */
async function failure(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof IscError)) throw error;
    return `${error.name}: ${error.message}`;
  }
  throw new Error(`No error: ${String(action)}`);
}

/** Expects each documented message to be one of these. `…` stands for any text, and a tracking id may follow. */
function expectAll(documented: readonly string[], actual: readonly string[]): void {
  expect(documented).not.toEqual([]);
  const missing = documented.filter((message) => {
    const pattern = message.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`).replaceAll("…", ".*");
    return !actual.some((text) => new RegExp(`(^|: )${pattern}( \\(tracking id \\w+\\))?$`).test(text));
  });
  expect({ missing, actual: missing.length > 0 ? actual : [] }).toEqual({ missing: [], actual: [] });
}

test("shows the messages of the configuration as they are", async () => {
  const fromEnvironment = (env: Record<string, string>, options?: object) => {
    for (const name of ["SAIL_BASE_URL", "SAIL_CLIENT_ID", "SAIL_CLIENT_SECRET"]) vi.stubEnv(name, env[name]);
    return failure(() => clientFromEnvironment(options as never));
  };
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  const actual = [
    await fromEnvironment({}),
    await fromEnvironment({ SAIL_BASE_URL: "https://acme.example" }),
    await fromEnvironment({}, { tenant: "acme" }),
  ];
  await writeFile(join(folder, "config.json"), "{");
  actual.push(await fromEnvironment({}));
  await rm(join(folder, "config.json"));
  const options = [
    { tenant: undefined },
    { tenant: "acme.example" },
    { tenant: undefined, baseUrl: "https://acme.example/v2024" },
    { tenant: undefined, baseUrl: "http://acme.example" },
    { apiVersion: "v3" },
    { auth: { clientId: "id", clientSecret: "a\n" } },
    { timeOut: 1 },
    { timeout: 0 },
    { headers: { Authorization: "a" } },
  ];
  for (const option of options) actual.push(await failure(() => unknown(option)));
  actual.push(
    await failure(() => vi.doMock("undici", () => Promise.reject(new Error("no"))) && undiciFetch()),
  );
  expectAll(
    messagesOf("Configuration"),
    actual.map((text) => text.replaceAll(folder, "/app")),
  );
});

test("shows the messages of the arguments as they are", async () => {
  const client = untyped(answering(() => Response.json([])));
  const id = "a";
  const actual = [
    await failure(() => client["listConnectorCustomizers"]?.({ limits: 1 })),
    await failure(() => client["getConnectorCustomizer"]?.({ id, timeout: 1 })),
    await failure(() => client["listConnectorCustomizers"]?.({}, { retry: 1 })),
    await failure(() => client["getConnectorCustomizer"]?.(id)),
    await failure(() => client["getConnectorCustomizer"]?.({ id: undefined })),
    await failure(() => client["getConnectorCustomizer"]?.({ id: "" })),
    await failure(() =>
      answering(() => Response.json([]))
        .listConnectorCustomizers({ limit: 300 })
        .all(),
    ),
    await failure(async () => {
      const call = answering(() => Response.json([])).listConnectorCustomizers();
      await call;
      await call.asResponse();
    }),
  ];
  expectAll(messagesOf("Arguments of a call"), actual);
});

test("shows the messages of tokens, answers and time limits as they are", async () => {
  const status = (code: number) => () => Response.json({ messages: [{ text: "no" }] }, { status: code });
  const text = (body: string, type: string) => () =>
    new Response(body, { headers: { "Content-Type": type } });
  const token = (response: () => Response, host = "acme.api.identitynow.com") =>
    failure(async () => {
      await answering(response, {
        tenant: undefined,
        baseUrl: `https://${host}`,
        auth: credentials,
      }).getConnectorCustomizer({ id: "a" });
    });
  const list = (response: () => Response | Promise<Response>, options?: Partial<ClientOptions>) =>
    failure(async () => await answering(response, options).listConnectorCustomizers());
  const tokens = [
    await token(() => Response.json({ error: "invalid_client", error_description: "no" }, { status: 401 })),
    await token(() => new Response(null, { status: 404 }), "acme.identitynow.com"),
    await token(text("<html>", "text/html")),
    await list(status(401)),
    await failure(async () => {
      await using readable = await startMockTenant({ scopes: ["sp:connector:read"] });
      const { baseUrl, clientId, clientSecret } = readable;
      const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
      await client.createConnectorCustomizer({ body: { name: "a" } });
    }),
  ];
  const answers = [
    await failure(async () => await onMock().getConnectorCustomizer({ id: "unknown" })),
    await failure(async () => await answering(status(404)).listConnectorInstances()),
    await failure(
      async () =>
        await onMock()
          .raw.GET("/connector-customizers", {})
          .then(() => onMock().listConnectorCustomizers({ limit: 251 })),
    ),
    await failure(async () => await untyped(onMock())["createConnectorCustomizer"]?.({ body: { name: 7 } })),
    await list(status(429)),
    await list(status(503)),
    await list(text("<html>", "text/html; charset=utf-8")),
    await list(text("[", "application/json")),
  ];
  vi.useFakeTimers();
  const timeout = list(never);
  await vi.advanceTimersByTimeAsync(30_000);
  const total = list(never, { timeout: 200_000, retries: 1 });
  const waiting = list(never, { rateLimit: { acquire: never } });
  await vi.advanceTimersByTimeAsync(300_000);
  vi.useRealTimers();
  const ended = (reason: unknown) =>
    failure(
      async () => await answering(never).listConnectorCustomizers({}, { signal: AbortSignal.abort(reason) }),
    );
  const limits = [
    await timeout,
    await total,
    await waiting,
    await ended(new DOMException("", "TimeoutError")),
    await ended(undefined),
  ];
  expectAll(messagesOf("Tokens and rights"), tokens);
  expectAll(messagesOf("Answers of the API"), answers);
  expectAll(messagesOf("Time limits"), limits);
});

test("shows the messages of uploads as they are", async () => {
  const file = async (name: string, content: string) => {
    await writeFile(join(folder, name), content);
    return await failure(() => zipFromFile(join(folder, name)));
  };
  const shown = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
  const { id } = await onMock().createConnectorCustomizer({ body: { name: "a" } });
  const upload = (body: unknown, client = onMock()) =>
    failure(() => untyped(client)["createConnectorCustomizerVersion"]?.({ id, body }));
  const zip = await readFile(customizerZip());
  const actual = [
    await failure(() => zipFromFile("nothing.zip")),
    await file("a.zip", "text, and not a zip, which is longer than an empty zip"),
    await file("b.zip", `PK\x03\x04${"x".repeat(100)}`),
    await upload(new TextEncoder().encode("{}")),
    await upload("a.zip"),
    await upload(undefined),
    await upload(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)),
    await upload(
      zip,
      answering(() => Response.json({ messages: [{ text: "no" }] }, { status: 413 })),
    ),
  ];
  expectAll(
    messagesOf("Uploads"),
    actual.map((text) => text.replaceAll(`${folder}/`, "").replaceAll(id, shown)),
  );
});
