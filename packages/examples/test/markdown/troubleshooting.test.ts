import { type Client, createClient } from "@isc-customizers/client";
import { clientFromEnvironment, undiciFetch, zipFromFile } from "@isc-customizers/client/node";
import { type Fault, type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

// The page has each message of the client and of the mock tenant word for word, so that a reader can search for it.
const page = await readFile(
  fileURLToPath(new URL("../../../../docs/guides/troubleshooting.md", import.meta.url)),
  "utf8",
);

/** The sections whose messages this test causes. The messages of the others are those of other programs. */
const sections = [
  "Configuration",
  "Arguments of a call",
  "Tokens and rights",
  "Answers of the API",
  "Time limits",
  "Connections",
  "Uploads",
];

/** Messages that depend on the system: on its DNS, its certificates, a browser, or on a package that is missing. */
const untested = [
  "getaddrinfo ENOTFOUND acme.api.identitynow.com",
  "self-signed certificate",
  "self-signed certificate; if the root CA is installed locally, try running Node.js with --use-system-ca",
  "Failed to fetch",
  "The package `undici` cannot be loaded. Install version 7 or 8: npm install undici",
];

/** Replaces the parts of a message that differ from one run to the next. */
function withoutVariableParts(message: string): string {
  return message
    .replace(/ \(tracking id [^)]*\)$/, "")
    .replace(/https?:\/\/\S*\/oauth\/token/, "TOKEN_ENDPOINT")
    .replace(/\S*[\\/](?=[\w-]+\.(?:zip|json)\b)/, "")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "ID")
    .replace(/\d+ ms/, "N ms")
    .replace(/127\.0\.0\.1:\d+/, "127.0.0.1:N");
}

/** The messages in the first column of the tables of a section. */
function messagesIn(section: string): string[] {
  const text = page.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? "";
  const cells = Array.from(text.matchAll(/^\| *(`+)(.+?)\1(?!`) *\|/gm), ([, , code = ""]) => code);
  return cells.map((code) => (code.startsWith(" ") && code.endsWith(" ") ? code.slice(1, -1) : code));
}

const shown = sections.flatMap(messagesIn);
const produced: string[] = [];
const resources = new AsyncDisposableStack();
const credentials = { clientId: "id", clientSecret: "secret" };
const url = "https://acme.api.identitynow.com";
const zipStart = Uint8Array.from([0x50, 0x4b, 3, 4, ...Array.from({ length: 200 }, () => 9)]);

/** Records the message of the error that a call throws. */
async function fails(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch (error) {
    const { name, message } = error as Error;
    produced.push(`${name}: ${message.trim()}`);
    return;
  }
  throw new Error(`The call after "${produced.at(-1)}" did not fail.`);
}

/** Makes the next request of a client fail, and records the message. */
async function failsWith(tenant: MockTenant, fault: Fault, call: () => unknown): Promise<void> {
  const { id } = tenant.faults.add(fault);
  await fails(call);
  tenant.faults.remove(id);
}

async function configure(folder: string): Promise<void> {
  const create = (options: object) => fails(() => createClient(options as never));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  for (const name of ["SAIL_BASE_URL", "SAIL_CLIENT_ID", "SAIL_CLIENT_SECRET"]) vi.stubEnv(name, undefined);
  await fails(() => clientFromEnvironment());
  await fails(() => clientFromEnvironment({ tenant: "acme" }));
  vi.stubEnv("SAIL_BASE_URL", url);
  await fails(() => clientFromEnvironment());
  vi.stubEnv("SAIL_BASE_URL", undefined);
  await writeFile(join(folder, "config.json"), "{");
  await fails(() => clientFromEnvironment());
  const auth = credentials;
  await create({ auth });
  await create({ auth, tenant: "acme.api.identitynow.com" });
  await create({ auth, baseUrl: `${url}/v2024` });
  await create({ auth, baseUrl: "http://acme.api.identitynow.com" });
  await create({ auth, tenant: "acme", apiVersion: "v3" });
  await create({ auth: { clientId: "id" }, tenant: "acme" });
  await create({ auth, tenant: "acme", timeOut: 1 });
  await create({ auth, tenant: "acme", timeout: 0 });
  await create({ auth, tenant: "acme", headers: { Authorization: "Bearer" } });
}

async function passArguments(client: Client): Promise<void> {
  await fails(() => client.listConnectorCustomizers({ limits: 1 } as never));
  await fails(() => client.getConnectorCustomizer({ id: "a", timeout: 1 } as never));
  await fails(() => client.listConnectorCustomizers({}, { retry: 1 } as never));
  await fails(() => client.getConnectorCustomizer("a" as never));
  await fails(() => client.getConnectorCustomizer({} as never));
  await fails(() => client.getConnectorCustomizer({ id: "" }));
  await fails(() => client.listConnectorCustomizers({ limit: 300 }).all());
  const call = client.listConnectorCustomizers();
  await call;
  await fails(() => call.asResponse());
}

async function authenticate(tenant: MockTenant): Promise<void> {
  const { baseUrl, clientId } = tenant;
  const list = (options: Parameters<typeof createClient>[0]) => () =>
    createClient({ retries: 0, ...options }).listConnectorCustomizers();
  await fails(list({ baseUrl, auth: { clientId, clientSecret: "wrong" } }));
  await fails(list({ baseUrl: `${baseUrl}/path`, auth: tenant }));
  await fails(list({ baseUrl, auth: { accessToken: "expired" } }));
  const page: Fault = { kind: "html", status: 200, match: { path: "/oauth/token" } };
  await failsWith(tenant, page, list({ baseUrl, auth: tenant }));
  const reader = resources.use(await startMockTenant({ scopes: ["sp:connector:read"] }));
  const client = createClient({ baseUrl: reader.baseUrl, auth: reader });
  await fails(() => client.createConnectorCustomizer({ body: { name: "A" } }));
}

async function ask(tenant: MockTenant, client: Client): Promise<void> {
  const list = () => client.listConnectorCustomizers();
  await fails(() => client.getConnectorCustomizer({ id: "unknown" }));
  await fails(() => client.listConnectorCustomizers({ limit: 300 }));
  await fails(() => client.createConnectorCustomizer({ body: { name: 7 } as never }));
  await failsWith(tenant, { kind: "status", status: 404 }, () => client.listConnectorInstances());
  await failsWith(tenant, { kind: "status", status: 429 }, list);
  await failsWith(tenant, { kind: "status", status: 503 }, list);
  await failsWith(tenant, { kind: "html", status: 200 }, list);
  await failsWith(tenant, { kind: "malformed-json" }, list);
}

async function wait(tenant: MockTenant, client: Client): Promise<void> {
  const delay: Fault = { kind: "delay", milliseconds: 600_000 };
  const list = (options: object) => () => client.listConnectorCustomizers({}, options);
  await failsWith(tenant, delay, list({ timeout: 20 }));
  await failsWith(tenant, delay, list({ totalTimeout: 20 }));
  await failsWith(tenant, delay, list({ signal: AbortSignal.timeout(20) }));
  await failsWith(tenant, delay, list({ signal: AbortSignal.abort() }));
}

async function connect(tenant: MockTenant, client: Client): Promise<void> {
  const list = (baseUrl: string) => () =>
    createClient({ baseUrl, auth: { accessToken: "a" }, retries: 0 }).listConnectorCustomizers();
  await failsWith(tenant, { kind: "drop", when: "before" }, () => client.listConnectorCustomizers());
  await failsWith(tenant, { kind: "truncated-body" }, () => client.listConnectorCustomizers());
  await fails(list("http://127.0.0.1:9"));
  await fails(list(tenant.baseUrl.replace("http:", "https:")));
  const proxy = createServer().on("connect", (_, socket) => {
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  const fetch = await undiciFetch();
  const auth = { accessToken: "a" };
  await fails(() => createClient({ baseUrl: url, auth, retries: 0, fetch }).listConnectorCustomizers());
  const closed = proxy.address() as AddressInfo;
  await new Promise((resolve) => proxy.close(resolve));
  await fails(list(`http://127.0.0.1:${closed.port}`));
}

async function upload(folder: string, client: Client): Promise<void> {
  await fails(() => zipFromFile("nothing.zip"));
  for (const [name, content] of [
    ["a.zip", "text"],
    ["b.zip", zipStart],
  ] as const) {
    await writeFile(join(folder, name), content);
    await fails(() => zipFromFile(join(folder, name)));
  }
  const { id } = await client.createConnectorCustomizer({ body: { name: "A" } });
  const send = (body: unknown) => fails(() => client.createConnectorCustomizerVersion({ id, body } as never));
  await send(new TextEncoder().encode("text"));
  await send("customizer.zip");
  await send(undefined);
  await send(zipStart);
  const small = resources.use(await startMockTenant({ maxUploadSize: 100 }));
  const other = createClient({ baseUrl: small.baseUrl, auth: small });
  const created = await other.createConnectorCustomizer({ body: { name: "A" } });
  await fails(() => other.createConnectorCustomizerVersion({ id: created.id, body: zipStart }));
}

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "troubleshooting-"));
  resources.defer(() => rm(folder, { recursive: true }));
  const tenant = resources.use(await startMockTenant({ seed: 2 }));
  const client = createClient({ baseUrl: tenant.baseUrl, auth: tenant, retries: 0 });
  await configure(folder);
  await passArguments(client);
  await authenticate(tenant);
  await ask(tenant, client);
  await wait(tenant, client);
  await connect(tenant, client);
  await upload(folder, client);
});
afterAll(() => resources.disposeAsync());

/** Returns `true` if a message on the page is this one: with or without the class, its end, or its beginning before "…". */
function isShownAs(message: string, onPage: string): boolean {
  const [actual, expected] = [message, onPage].map(withoutVariableParts) as [string, string];
  if (expected.endsWith("…")) return actual.startsWith(expected.slice(0, -1).trimEnd());
  return actual === expected || actual.endsWith(`: ${expected}`) || actual.includes(`:${expected}:`);
}

test("the page shows each message of the client word for word", () => {
  expect(produced.filter((message) => !shown.some((onPage) => isShownAs(message, onPage)))).toEqual([]);
});

test("the page shows no message that the client does not have", () => {
  const others = shown.filter((onPage) => !untested.includes(onPage));
  expect(others.filter((onPage) => !produced.some((message) => isShownAs(message, onPage)))).toEqual([]);
});

test("the page shows every message that this test leaves out", () => {
  expect(untested.filter((message) => !shown.includes(message))).toEqual([]);
});
