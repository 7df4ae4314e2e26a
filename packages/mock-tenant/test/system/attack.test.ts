import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { InvalidFaultError, startMockTenant } from "../../src/index.ts";
import { Attack, UNCONFIRMED } from "./attack/attack.ts";
import { fault } from "./attack/faults.ts";
import { malformedRequest } from "./attack/malformed.ts";
import { attackRequest, requestBytes } from "./attack/requests.ts";
import type { AttackRequest } from "./attack/requests.ts";
import { tokenRequest } from "./attack/tokens.ts";
import { BOMBS, attackUpload } from "./attack/zips.ts";
import { errorTexts, json, testTenant } from "../tenant.ts";
import { credentials } from "../token.ts";

// These tests are slow on a busy machine.
vi.setConfig({ testTimeout: 900_000 });

/** The seed of fast-check, which prints it with every failure. `ATTACK_SEED` sets another one. */
const SEED = Number(process.env["ATTACK_SEED"] ?? 20_261_124);

/** The minimum number of requests of each attack. */
const MINIMUM = { any: 3000, malformed: 1500, zips: 600, tokens: 400, faults: 1800 };

async function attackWith<T>(
  arbitrary: fc.Arbitrary<T>,
  minimum: number,
  attempt: (attack: Attack, value: T) => Promise<void>,
  perRun = 1,
): Promise<void> {
  await using attack = await Attack.start();
  const property = fc.asyncProperty(arbitrary, (value) => attempt(attack, value));
  await fc.assert(property, { seed: SEED, numRuns: Math.ceil(minimum / perRun) });
  expect(attack.sent).toBeGreaterThanOrEqual(minimum);
  await attack.finish();
}

test("the attacks make at least 5,000 requests", () => {
  expect(Object.values(MINIMUM).reduce((sum, minimum) => sum + minimum)).toBeGreaterThanOrEqual(5000);
});

test("every response conforms to the document, and the state agrees with the responses", () =>
  attackWith(
    fc.array(attackRequest, { minLength: 1, maxLength: 4 }),
    MINIMUM.any,
    async (attack, requests) => {
      for (const request of requests) await attack.request(request);
    },
    2,
  ));

test("a malformed HTTP request is rejected or its connection closed, and the next request is answered", () =>
  attackWith(
    malformedRequest(UNCONFIRMED),
    MINIMUM.malformed,
    async (attack, bytes) => {
      await attack.raw(Buffer.from(bytes.toString("latin1").replaceAll("<token>", attack.token), "latin1"));
      expect((await attack.request(simple("GET", "/oauth/info")))?.status).toBe(200);
    },
    2,
  ));

test("an upload is stored unchanged or rejected", () =>
  attackWith(
    attackUpload,
    MINIMUM.zips,
    async (attack, { zip: { bytes, readable }, chunks, number, cut }) => {
      const upload = {
        ...simple("POST", `/v2024/connector-customizers/<id:${number * 10}>/versions`),
        body: bytes,
        chunks,
      };
      if (cut !== undefined) {
        attack.sent++;
        const whole = requestBytes(attack.fill(upload));
        await attack.client.abandon(whole.subarray(0, Math.floor(whole.length * cut)));
      }
      const reply = await attack.request(upload);
      if (readable !== undefined) expect(reply?.status).toBe(readable ? 200 : 400);
      expect([200, 400]).toContain(reply?.status);
    },
  ));

test.each(BOMBS)("a zip bomb with %s is rejected", async (_, make) => {
  await using attack = await Attack.start();
  const bomb = make();
  expect(bomb.length).toBeLessThan(4 * 1024 ** 2);
  const upload = { ...simple("POST", "/v2024/connector-customizers/<id:0>/versions"), body: bomb };
  const reply = await attack.request(upload);
  expect(reply?.status).toBe(400);
  expect(reply?.body).toMatch(/more than 1073741824 bytes when unpacked|more than 20000 entries/);
  await attack.finish();
});

test("the token endpoint accepts a valid form, and returns a token, a 400 or a 401 for a mangled one", () =>
  attackWith(tokenRequest, MINIMUM.tokens, async (attack, { request, valid }) => {
    const { clientId, clientSecret } = attack.credentials;
    const text = Buffer.from(request.body).toString("latin1");
    const body = Buffer.from(
      text.replaceAll("<client>", clientId).replaceAll("<secret>", clientSecret),
      "latin1",
    );
    const reply = await attack.request({ ...request, body });
    expect([200, 400, 401]).toContain(reply?.status);
    if (valid) expect(reply?.status).toBe(200);
    if (reply?.status === 200)
      expect(JSON.parse(reply.body)).toHaveProperty("access_token", expect.any(String));
  }));

test("a fault is accepted or rejected, and has no effect after its removal", () =>
  attackWith(
    fault,
    MINIMUM.faults,
    async (attack, { json, awaitable }) => {
      const type = ["Content-Type", "application/json"] as const;
      const post = { ...simple("POST", "/_mock/faults"), headers: [type], body: Buffer.from(json) };
      const added = await attack.request(post);
      expect([201, 400]).toContain(added?.status);
      expect((await attack.request(simple("GET", "/_mock/faults")))?.status).toBe(200);
      expect((await attack.request(simple("GET", "/")))?.status).toBe(200);
      const list = simple("GET", "/v2024/connector-customizers");
      const victim = { ...list, headers: [...list.headers, ["Connection", "close"] as const] };
      const bytes = requestBytes(attack.fill(victim));
      attack.sent++;
      if (added?.status === 201 && !awaitable) await attack.client.abandon(bytes);
      else await attack.client.exchange(bytes);
      expect((await attack.request(simple("DELETE", "/_mock/faults")))?.status).toBe(204);
      await attack.renewToken();
      expect((await attack.request(list))?.status).toBe(200);
    },
    6,
  ));

describe("bugs found by the attack", () => {
  test.each(["Trailer", "content-length", "TRANSFER-ENCODING"])(
    "a fault that sets the header %s is rejected, because it crashes the process or breaks the framing of the response",
    async (name) => {
      await using tenant = await testTenant();
      const fault = { kind: "status", status: 200, body: "x", headers: { [name]: "1" } } as const;
      expect(() => tenant.mock.faults.add(fault)).toThrow(InvalidFaultError);
    },
  );

  test.each(["/_mock/faults", "/v2024/connector-customizers"])(
    "%s rejects JSON that is nested too deeply to be serialized again",
    async (path) => {
      await using tenant = await testTenant();
      const nested = (levels: number) => JSON.parse("[".repeat(levels) + "]".repeat(levels));
      const send = (levels: number) =>
        tenant.call("POST", path, json({ kind: "status", status: 200, body: nested(levels) }));
      // The object around the arrays is one more level.
      expect((await send(499)).status).toBe(201);
      const rejected = await send(500);
      expect(rejected.status).toBe(400);
      expect(await errorTexts(rejected)).toEqual(["The body is nested more than 500 levels deep."]);
    },
  );

  test.each([
    ["a short boundary", "x", "x", "form-data; name=client_id"],
    ["a quoted boundary", '"a b"', "a b", 'form-data; name="client_id"'],
    ["a disposition in upper case", "x", "x", 'FORM-DATA; NAME="client_id"'],
  ])("a multipart form with %s is accepted", async (_, parameter, boundary, disposition) => {
    await using mock = await startMockTenant();
    const fields = [...credentials(mock)].map(([name, value]) => {
      const line = name === "client_id" ? disposition : `form-data; name="${name}"`;
      return `--${boundary}\r\nContent-Disposition: ${line}\r\n\r\n${value}\r\n`;
    });
    const response = await fetch(`${mock.baseUrl}/oauth/token`, {
      method: "POST",
      headers: { "Content-Type": `multipart/form-data; boundary=${parameter}` },
      body: `A preamble.\r\n${fields.join("")}--${boundary}--\r\nAn epilogue.`,
    });
    expect(response.status).toBe(200);
  });
});

/** Builds a valid request without a body. */
function simple(method: string, target: string): AttackRequest {
  const headers = [["Authorization", "Bearer <token>"]] as const;
  return { method, target, headers, body: new Uint8Array(), chunks: undefined };
}
