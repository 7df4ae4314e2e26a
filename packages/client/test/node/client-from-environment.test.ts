import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ConfigurationError, type StoredToken } from "../../src/index.ts";
import { clientFromEnvironment, type EnvironmentOptions } from "../../src/node/index.ts";
import { workingDirectory } from "../support/folders.ts";
import { answering, type TestServer } from "../support/server.ts";

const secret = "s3cr3t-do-not-show";
let server: TestServer;
let folder: Awaited<ReturnType<typeof workingDirectory>>;

beforeEach(async () => {
  server = await answering(200, '{"access_token":"t","expires_in":749}');
  folder = await workingDirectory();
  for (const name of ["SAIL_BASE_URL", "SAIL_CLIENT_ID", "SAIL_CLIENT_SECRET"]) vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await folder[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

function setEnvironment(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(`SAIL_${name}`, value);
}

async function writeConfig(content: unknown): Promise<void> {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await writeFile(join(folder.path, "config.json"), text);
}

function wholeEnvironment() {
  return { BASE_URL: `${server.url}/environment`, CLIENT_ID: "environment", CLIENT_SECRET: secret };
}

function wholeFile() {
  return { BaseURL: `${server.url}/file`, ClientId: "file", ClientSecret: secret };
}

/** Returns the path of the token endpoint that the client uses, and its client id. */
async function tenantOf(options?: EnvironmentOptions): Promise<unknown> {
  await clientFromEnvironment(options).createConnectorCustomizer({ body: { name: "x" } });
  const [token] = server.requests;
  return [token?.url, new URLSearchParams(token?.body).get("client_id")];
}

function failure(options?: EnvironmentOptions): ConfigurationError {
  try {
    clientFromEnvironment(options);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(inspect(error)).not.toContain(secret);
    return error as ConfigurationError;
  }
  return expect.fail("The client was created.");
}

describe("clientFromEnvironment uses the first source that exists:", () => {
  test("the options rather than the environment", async () => {
    setEnvironment(wholeEnvironment());
    await writeConfig(wholeFile());
    const auth = { clientId: "options", clientSecret: secret };
    expect(await tenantOf({ baseUrl: `${server.url}/options`, auth })).toEqual([
      "/options/oauth/token",
      "options",
    ]);
  });

  test("the environment rather than the file", async () => {
    setEnvironment(wholeEnvironment());
    await writeConfig(wholeFile());
    expect(await tenantOf()).toEqual(["/environment/oauth/token", "environment"]);
  });

  test("the file in the working directory, which may have other members", async () => {
    await writeConfig({ ...wholeFile(), Other: [1] });
    expect(await tenantOf()).toEqual(["/file/oauth/token", "file"]);
  });

  test("the file if the variables are empty", async () => {
    setEnvironment({ BASE_URL: "", CLIENT_ID: "", CLIENT_SECRET: "" });
    await writeConfig(`\uFEFF${JSON.stringify(wholeFile())}`);
    expect(await tenantOf()).toEqual(["/file/oauth/token", "file"]);
  });

  test("an access token in the options", async () => {
    setEnvironment(wholeEnvironment());
    const client = clientFromEnvironment({ baseUrl: server.url, auth: { accessToken: "mine" } });
    await client.createConnectorCustomizer({ body: { name: "x" } });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer mine"]);
  });

  test("the environment, with all other options", async () => {
    setEnvironment(wholeEnvironment());
    const stored = new Map<string, StoredToken>();
    const tokenStore = {
      get: (key: string) => Promise.resolve(stored.get(key)),
      set: (key: string, token: StoredToken) => Promise.resolve(void stored.set(key, token)),
      delete: (key: string) => Promise.resolve(void stored.delete(key)),
    };
    const auth = { tokenStore, tokenUrl: `${server.url}/elsewhere` };
    expect(await tenantOf({ apiVersion: "v2026", auth })).toEqual(["/elsewhere", "environment"]);
    expect(server.requests[1]?.url).toBe("/environment/v2026/connector-customizers");
    expect([...stored.values()]).toMatchObject([{ value: "t" }]);
  });
});

describe("clientFromEnvironment refuses an incomplete source:", () => {
  test.each<[string, EnvironmentOptions, RegExp]>([
    [
      "a tenant alone",
      { tenant: "acme" },
      /`auth`.* The tenant and the credentials come only from the options\.$/,
    ],
    [
      "credentials alone",
      { auth: { clientId: "a", clientSecret: secret } },
      /`tenant`.*`baseUrl`.* only from the options\.$/,
    ],
    ["a token alone", { auth: { accessToken: secret } }, /`tenant`.*`baseUrl`/],
  ])("options with %s", (_, options, message) => {
    setEnvironment(wholeEnvironment());
    expect(failure(options).message).toMatch(message);
  });

  test.each<[Record<string, string>, string]>([
    [{ BASE_URL: "https://a.example" }, "SAIL_CLIENT_ID and SAIL_CLIENT_SECRET"],
    [{ CLIENT_ID: "a", CLIENT_SECRET: secret }, "SAIL_BASE_URL"],
    [{ BASE_URL: "https://a.example", CLIENT_ID: "a", CLIENT_SECRET: "" }, "SAIL_CLIENT_SECRET"],
  ])("the environment with %j", async (variables, missing) => {
    setEnvironment(variables);
    await writeConfig(wholeFile());
    expect(failure().message).toContain(`The environment lacks ${missing}. `);
  });

  test.each<[object, string]>([
    [{ ClientSecret: secret }, "BaseURL and ClientId"],
    [{ BaseURL: 7, ClientId: "a", ClientSecret: secret }, "BaseURL"],
    [{ BaseURL: "https://a.example", ClientId: "", ClientSecret: secret }, "ClientId"],
  ])("the file with %j", async (content, missing) => {
    await writeConfig(content);
    expect(failure().message).toContain(`${join(folder.path, "config.json")} lacks ${missing}. `);
  });
});

describe("clientFromEnvironment throws an error without any secret for", () => {
  test("no source", () => {
    expect(failure().message).toBe(
      "No tenant is configured. Set SAIL_BASE_URL, SAIL_CLIENT_ID, and SAIL_CLIENT_SECRET in the environment, " +
        `or BaseURL, ClientId, and ClientSecret in ${join(folder.path, "config.json")}, which does not exist.`,
    );
  });

  test("a file with other members", async () => {
    await writeConfig({ port: 80 });
    expect(failure().message).toMatch(
      /or BaseURL, ClientId, and ClientSecret in .*config\.json, which has none of them\.$/,
    );
  });

  test.each([
    ["invalid JSON", `{"ClientSecret": ${secret}}`, /config\.json is not valid JSON\.$/],
    ["a JSON string", JSON.stringify(secret), /config\.json must contain a JSON object\.$/],
    ["a JSON array", JSON.stringify([secret]), /config\.json must contain a JSON object\.$/],
    ["null", "null", /config\.json must contain a JSON object\.$/],
    ["no content", "", /config\.json is not valid JSON\.$/],
  ])("a file with %s", async (_, content, message) => {
    await writeConfig(content);
    expect(failure().message).toMatch(message);
  });

  test("a file that cannot be read", async () => {
    await mkdir(join(folder.path, "config.json"));
    expect(failure().message).toMatch(/config\.json cannot be read: EISDIR/);
  });

  test("a URL that is not https", async () => {
    setEnvironment({ ...wholeEnvironment(), BASE_URL: "http://acme.example" });
    expect(failure().message).toMatch(
      /`baseUrl` must be an https URL.* only from SAIL_BASE_URL, SAIL_CLIENT_ID, and SAIL_CLIENT_SECRET in the environment\.$/,
    );
  });

  test("an invalid option", async () => {
    setEnvironment(wholeEnvironment());
    expect(failure({ retries: -1 }).message).toMatch(/^`retries` must be a whole number[^.]*\.$/);
  });
});
