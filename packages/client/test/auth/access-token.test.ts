import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { AbortError, createClient, UnauthorizedError } from "../../src/index.ts";
import { authenticationError } from "../support/authentication.ts";
import { answering, clientOf, type TestServer } from "../support/server.ts";

function tokensSeenBy(server: TestServer) {
  return server.requests.map(({ headers }) => headers.authorization);
}

describe("an access token", () => {
  test("is sent as it is", async () => {
    await using server = await answering(200, "[]");
    await createClient({ baseUrl: server.url, auth: { accessToken: "abc" } }).listConnectorCustomizers();
    expect(tokensSeenBy(server)).toEqual(["Bearer abc"]);
  });

  test("that the server refuses is not sent again", async () => {
    await using server = await answering(401, "{}");
    await expect(clientOf(server, { retries: 2 }).listConnectorCustomizers()).rejects.toThrow(
      UnauthorizedError,
    );
    expect(server.requests).toHaveLength(1);
  });
});

describe("an accessToken function", () => {
  test("is called for every request", async () => {
    await using server = await answering(200, "[]");
    let n = 0;
    const auth = { accessToken: () => Promise.resolve(`t${++n}`) };
    const client = createClient({ baseUrl: server.url, auth });
    await client.listConnectorCustomizers();
    await client.listConnectorCustomizers();
    expect(tokensSeenBy(server)).toEqual(["Bearer t1", "Bearer t2"]);
  });

  test("is called again once for a call whose token the server refuses", async () => {
    await using server = await answering(401, "{}");
    let n = 0;
    await expect(
      clientOf(server, { auth: { accessToken: () => `t${++n}` } }).listConnectorCustomizers(),
    ).rejects.toThrow(UnauthorizedError);
    expect(tokensSeenBy(server)).toEqual(["Bearer t1", "Bearer t2"]);
  });

  test.each<[string, () => never | Promise<never>]>([
    ["rejects", () => Promise.reject(new Error("vault is sealed"))],
    [
      "throws",
      () => {
        throw new Error("vault is sealed");
      },
    ],
  ])("that %s is named in an AuthenticationError with its error as cause", async (_, accessToken) => {
    await using server = await answering(200, "[]");
    const error = await authenticationError({ baseUrl: server.url, auth: { accessToken } });
    expect(error.message).toBe("The function accessToken threw: vault is sealed");
    expect(error.cause).toMatchObject({ name: "Error", message: "vault is sealed" });
    expect(server.requests).toEqual([]);
  });

  test("that throws does not show its last token, a password in a URL, or the properties of its error", async () => {
    await using server = await answering(401, "[]");
    let last: string | undefined;
    const accessToken = () => {
      if (last === undefined) return (last = "first-token");
      const cause = new Error(`${last} has expired`);
      const thrown = new Error(`https://user:password@vault.example: ${last} has expired`, { cause });
      throw Object.assign(thrown, { config: { headers: { authorization: `Bearer ${last}` } } });
    };
    const error = await authenticationError({ baseUrl: server.url, auth: { accessToken } });
    expect(error.message).toBe("The function accessToken threw: [redacted] has expired");
    const shown = inspect(error, { depth: 9, showHidden: true });
    expect(shown).not.toContain("first-token");
    expect(shown).not.toContain("user:password");
  });

  test.each<[string, () => unknown]>([
    ["an empty string", () => ""],
    ["nothing", () => undefined],
    ["a value with a line break", () => "s3cr3t-token\r\nX-Evil: 1"],
  ])("that returns %s causes an AuthenticationError without the value", async (_, accessToken) => {
    await using server = await answering(200, "[]");
    const auth = { accessToken: accessToken as () => string };
    const error = await authenticationError({ baseUrl: server.url, auth });
    expect(error.message).toMatch(
      "The function accessToken must return a string of visible ASCII characters.",
    );
    expect(inspect(error)).not.toContain("s3cr3t");
    expect(server.requests).toEqual([]);
  });

  test("that never answers ends with the signal of the call", async () => {
    const controller = new AbortController();
    const accessToken = () => {
      controller.abort();
      return new Promise<string>(() => {});
    };
    const client = createClient({ baseUrl: "http://localhost", auth: { accessToken } });
    await expect(client.listConnectorCustomizers({}, { signal: controller.signal })).rejects.toThrow(
      AbortError,
    );
  });
});
