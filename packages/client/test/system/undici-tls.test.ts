import { startMockTenant } from "@isc-customizers/mock-tenant";
import { zipSync } from "fflate";
import { Agent } from "undici";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hasProgram } from "../../../mock-tenant/test/system/system-program.ts";
import { createClient } from "../../src/index.ts";
import { undiciFetch } from "../../src/node/index.ts";
import { startProxy } from "../support/proxy.ts";
import { answering, clientOf } from "../support/server.ts";
import { startTls } from "./tls.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const zip = zipSync({ "index.js": new Uint8Array(2_000_000) }, { level: 0 });

beforeEach(() => {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toLowerCase(), undefined);
  }
});
afterEach(() => vi.unstubAllEnvs());

// `startTls` creates the certificate of the server with openssl.
test.runIf(hasProgram("openssl"))("a dispatcher brings its own certificate authority", async () => {
  await using server = await answering(200, "[]");
  await using tls = await startTls(server.url, "localhost", false);
  const dispatcher = new Agent({ connect: { ca: tls.ca } });
  const trusting = clientOf(tls, { fetch: await undiciFetch({ dispatcher }) });
  expect(await trusting.listConnectorCustomizers()).toEqual([]);
  const distrusting = clientOf(tls, { fetch: await undiciFetch() });
  await expect(distrusting.listConnectorCustomizers()).rejects.toThrow(/self-signed certificate/);
  await dispatcher.close();
});

describe.runIf(hasProgram("openssl"))("through a proxy", () => {
  test("https requests use a tunnel for a token, a call and an upload", async () => {
    await using mock = await startMockTenant({ seed: 1 });
    await using tls = await startTls(mock.baseUrl, "acme.example");
    await using proxy = await startProxy();
    vi.stubEnv("HTTPS_PROXY", proxy.url.replace("//", "//user:pass@"));
    const client = createClient({
      baseUrl: tls.url,
      auth: mock,
      fetch: await undiciFetch(),
    });
    expect(await client.listConnectorCustomizers().all()).not.toEqual([]);
    const version = await client.createConnectorCustomizerVersion({ id, body: zip });
    expect(version).toMatchObject({ customizerID: id });
    expect(mock.versions.at(-1)?.archive.size).toBe(zip.length);
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${tls.authority}`]));
    expect(proxy.authorization).toBe(`Basic ${Buffer.from("user:pass").toString("base64")}`);
  });

  test("https requests use HTTP_PROXY when HTTPS_PROXY is not set", async () => {
    await using server = await answering(200, "[]");
    await using tls = await startTls(server.url, "acme.example");
    await using proxy = await startProxy();
    vi.stubEnv("http_proxy", proxy.url);
    const client = clientOf(tls, { fetch: await undiciFetch() });
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(proxy.asked).toEqual([`CONNECT ${tls.authority}`]);
  });
});
