import { describe, expect, test } from "vitest";
import type { Fault } from "../src/index.ts";
import { FaultSwitches } from "../src/faults/faults.ts";
import type { FaultTarget } from "../src/faults/faults.ts";
import { json, testTenant } from "./tenant.ts";
import { accessToken } from "./token.ts";

const COLLECTION = "/v2024/connector-customizers";
const FAIL = { kind: "status", status: 500 } as const;

const KNOWN = {
  operationIds: ["listConnectorCustomizers", "getConnectorCustomizer"],
  apiVersions: ["v2024", "beta"],
};
const LIST: FaultTarget = {
  method: "GET",
  path: COLLECTION,
  apiVersion: "v2024",
  operationId: "listConnectorCustomizers",
};
const TOKEN: FaultTarget = {
  method: "POST",
  path: "/oauth/token",
  apiVersion: undefined,
  operationId: undefined,
};

describe("a fault with", () => {
  test.each<[Fault["match"], FaultTarget, boolean]>([
    [undefined, LIST, true],
    [{}, LIST, true],
    [{ operationId: "listConnectorCustomizers" }, LIST, true],
    [{ operationId: "getConnectorCustomizer" }, LIST, false],
    [{ method: "GET" }, LIST, true],
    [{ method: "POST" }, LIST, false],
    [{ apiVersion: "v2024" }, LIST, true],
    [{ apiVersion: "beta" }, LIST, false],
    [{ path: COLLECTION }, LIST, true],
    [{ path: "/connector-customizers" }, LIST, false],
    [{ path: `${COLLECTION}/` }, LIST, false],
    [{ path: "*" }, LIST, true],
    [{ path: "/v2024/*" }, LIST, true],
    [{ path: "*/connector-customizers" }, LIST, true],
    [{ path: "/v*/connector-*izers" }, LIST, true],
    [{ path: "/v2024/connector-customizers*" }, LIST, true],
    [{ path: "/v2025/*" }, LIST, false],
    [{ path: "*/versions" }, LIST, false],
    [{ path: "/v2024/connector-customizers*s" }, LIST, false],
    [{ path: "/v2024/connector-customizers*customizers" }, LIST, false],
    [{ path: "**connector**" }, LIST, true],
    [{ path: "/v2024.connector-customizers" }, LIST, false],
    [{ path: "/v2024/*", method: "GET", apiVersion: "v2024" }, LIST, true],
    [{ path: "/v2024/*", method: "PUT" }, LIST, false],
    [undefined, TOKEN, false],
    [{}, TOKEN, false],
    [{ method: "POST" }, TOKEN, false],
    [{ path: "/oauth/token" }, TOKEN, true],
    [{ path: "*" }, TOKEN, true],
    [{ path: "/oauth/token", apiVersion: "v2024" }, TOKEN, false],
    [{ path: "/oauth/token", operationId: "listConnectorCustomizers" }, TOKEN, false],
  ])("match %j: %j hit: %j", (match, target, hit) => {
    const faults = new FaultSwitches(KNOWN);
    const fault = match === undefined ? FAIL : { ...FAIL, match };
    faults.add(fault);
    expect(faults.take(target)).toEqual(hit ? fault : undefined);
    expect(faults.active).toHaveLength(hit ? 0 : 1);
  });

  test("a path with many stars is matched quickly", () => {
    const faults = new FaultSwitches(KNOWN);
    faults.add({ ...FAIL, match: { path: `${"*a".repeat(5000)}b` } });
    expect(faults.take({ ...LIST, path: "/".padEnd(10_000, "a") })).toBeUndefined();
  });
});

describe("over HTTP, a fault hits", () => {
  test("its operation in every version, and no other operation", async () => {
    await using tenant = await testTenant({
      seed: 1,
      faults: [{ ...FAIL, times: 2, match: { operationId: "listConnectorCustomizers" } }],
    });
    expect((await tenant.call("POST", COLLECTION, json({}))).status).toBe(201);
    expect((await tenant.call("GET", "/beta/connector-customizers")).status).toBe(500);
    expect((await tenant.call("GET", "/connector-customizers/v1")).status).toBe(500);
    expect((await tenant.call("GET", COLLECTION)).status).toBe(200);
  });

  test("its version", async () => {
    await using tenant = await testTenant({ faults: [{ ...FAIL, match: { apiVersion: "v1" } }] });
    expect((await tenant.call("GET", COLLECTION)).status).toBe(200);
    expect((await tenant.call("GET", "/connector-customizers/v1")).status).toBe(500);
  });

  test("its method", async () => {
    await using tenant = await testTenant({ faults: [{ ...FAIL, match: { method: "POST" } }] });
    expect((await tenant.call("GET", COLLECTION)).status).toBe(200);
    expect((await tenant.call("POST", COLLECTION, json({}))).status).toBe(500);
  });

  test("its path, percent-encoded as received and without the query", async () => {
    await using tenant = await testTenant({ faults: [{ ...FAIL, match: { path: "/*/connector-*/a%20b" } }] });
    expect((await tenant.call("GET", `${COLLECTION}/a`)).status).toBe(404);
    expect((await tenant.call("GET", `${COLLECTION}/a%20b?limit=1`)).status).toBe(500);
  });

  test("the token endpoint only by its path", async () => {
    await using tenant = await testTenant({ faults: [FAIL] });
    await accessToken(tenant.mock);
    expect(tenant.mock.requests.map(({ status }) => status)).toEqual([200, 200]);
    expect((await tenant.call("GET", COLLECTION)).status).toBe(500);
  });

  test("a request before its token is checked", async () => {
    await using tenant = await testTenant({ faults: [FAIL] });
    expect((await fetch(tenant.mock.baseUrl + COLLECTION)).status).toBe(500);
    expect((await fetch(tenant.mock.baseUrl + COLLECTION)).status).toBe(401);
  });
});

async function statuses(fault: Fault, count: number): Promise<number[]> {
  await using tenant = await testTenant({ faults: [fault], rateLimit: false });
  const found: number[] = [];
  for (let n = 0; n < count; n++) {
    const response = await tenant.call("GET", COLLECTION);
    await response.text();
    found.push(response.status);
  }
  return found;
}

describe("a fault hits", () => {
  test("once by default, and is then off", async () => {
    expect(await statuses(FAIL, 3)).toEqual([500, 200, 200]);
  });

  test("the next `times` matching requests", async () => {
    expect(await statuses({ ...FAIL, times: 3 }, 5)).toEqual([500, 500, 500, 200, 200]);
  });

  test("every request with probability 1", async () => {
    expect(await statuses({ ...FAIL, probability: 1 }, 5)).toEqual([500, 500, 500, 500, 500]);
  });

  test("by chance with a probability, and the same requests with the same seed", async () => {
    const seeded = (seed: number) => statuses({ ...FAIL, probability: 0.5, seed }, 40);
    const first = await seeded(7);
    const hits = first.filter((status) => status === 500).length;
    expect(hits).toBeGreaterThan(8);
    expect(hits).toBeLessThan(32);
    expect(await seeded(7)).toEqual(first);
    expect(await seeded(8)).not.toEqual(first);
    expect(await statuses({ ...FAIL, probability: 0.5 }, 40)).toEqual(await seeded(1));
  });

  test("about as often as its probability", () => {
    const faults = new FaultSwitches(KNOWN);
    faults.add({ ...FAIL, probability: 0.1 });
    for (let n = 0; n < 10_000; n++) faults.take(LIST);
    expect(faults.active[0]?.hits).toBeGreaterThan(850);
    expect(faults.active[0]?.hits).toBeLessThan(1150);
  });

  test("at most `times` requests with a probability", async () => {
    const found = await statuses({ ...FAIL, probability: 0.5, times: 2 }, 40);
    expect(found.filter((status) => status === 500)).toHaveLength(2);
    expect(found.slice(0, 2)).not.toEqual([500, 500]);
  });

  test("the same requests when others do not match in between", () => {
    const hits = (between: number) => {
      const faults = new FaultSwitches(KNOWN);
      faults.add({ ...FAIL, probability: 0.5, match: { method: "GET" } });
      return Array.from({ length: 40 }, () => {
        for (let n = 0; n < between; n++) faults.take({ ...LIST, method: "POST" });
        return faults.take(LIST) !== undefined;
      });
    };
    expect(hits(3)).toEqual(hits(0));
  });
});

test("of several faults the first that matches hits, and the others wait", async () => {
  await using tenant = await testTenant({
    faults: [
      { kind: "status", status: 501, match: { method: "POST" } },
      { kind: "status", status: 502, times: 2 },
      { kind: "status", status: 503 },
    ],
  });
  const list = async () => (await tenant.call("GET", COLLECTION)).status;
  expect(await list()).toBe(502);
  expect(tenant.mock.faults.active.map(({ id, hits }) => [id, hits])).toEqual([
    ["1", 0],
    ["2", 1],
    ["3", 0],
  ]);
  expect((await tenant.call("POST", COLLECTION, json({}))).status).toBe(501);
  expect(await list()).toBe(502);
  expect(await list()).toBe(503);
  expect(await list()).toBe(200);
  expect(tenant.mock.faults.active).toEqual([]);
});

test("faults are switched off one by one, or all at once", async () => {
  await using tenant = await testTenant();
  const { faults } = tenant.mock;
  const first = faults.add({ kind: "status", status: 501, probability: 1 });
  const second = faults.add({ kind: "status", status: 502, probability: 1 });
  expect(first).toEqual({ id: "1", fault: { kind: "status", status: 501, probability: 1 }, hits: 0 });
  expect((await tenant.call("GET", COLLECTION)).status).toBe(501);
  expect(faults.remove(first.id)).toBe(true);
  expect(faults.remove(first.id)).toBe(false);
  expect((await tenant.call("GET", COLLECTION)).status).toBe(502);
  expect(faults.active).toEqual([{ ...second, hits: 1 }]);
  faults.clear();
  expect((await tenant.call("GET", COLLECTION)).status).toBe(200);
  expect(faults.add(FAIL).id).toBe("3");
});
