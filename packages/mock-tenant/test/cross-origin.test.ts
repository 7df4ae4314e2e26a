import { describe, expect, test } from "vitest";
import { startMockTenant } from "../src/index.ts";
import { EXAMPLE_ID, testTenant } from "./tenant.ts";

// https://fetch.spec.whatwg.org/#http-cors-protocol

const COLLECTION = "/v2024/connector-customizers";
const ORIGIN = { Origin: "https://app.example" };

describe("a page of another origin", () => {
  test.each([
    ["POST", "/oauth/token", "content-type"],
    ["GET", "/oauth/info", undefined],
    ["DELETE", `${COLLECTION}/${EXAMPLE_ID}`, "authorization,x-sailpoint-experimental"],
    ["PUT", `/connector-customizers/v1/${EXAMPLE_ID}`, "authorization,content-type"],
    ["PATCH", "/v2024/nothing", "authorization"],
  ])("may send %s %s after a preflight without a token", async (method, path, names) => {
    await using mock = await startMockTenant();
    const asked: Record<string, string> = { ...ORIGIN, "Access-Control-Request-Method": method };
    if (names !== undefined) asked["Access-Control-Request-Headers"] = names;
    const preflight = await fetch(mock.baseUrl + path, { method: "OPTIONS", headers: asked });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-methods")).toBe(method);
    expect(preflight.headers.get("access-control-allow-headers")).toBe(names ?? null);
    // With a cached preflight, the same test would send different requests in its second run.
    expect(preflight.headers.get("access-control-max-age")).toBe("0");
  });

  test("reads every header of a response, a refusal and a fault; a fault does not hit the preflight", async () => {
    await using tenant = await testTenant({ faults: [{ kind: "status", status: 503, retryAfter: 2 }] });
    const asked = { ...ORIGIN, "Access-Control-Request-Method": "GET" };
    await fetch(tenant.mock.baseUrl + COLLECTION, { method: "OPTIONS", headers: asked });
    const statuses = [];
    for (const path of [COLLECTION, COLLECTION, "/v2024/nothing"]) {
      const response = await tenant.call("GET", path, { headers: ORIGIN });
      statuses.push(response.status);
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      expect(response.headers.get("access-control-expose-headers")).toBe("*");
      expect(response.headers.has("access-control-allow-methods")).toBe(false);
    }
    expect(statuses).toEqual([503, 200, 404]);
  });

  test("gets the CORS header of a fault, if the fault has one", async () => {
    const headers = { "access-control-allow-origin": "https://other.example" };
    await using tenant = await testTenant({ faults: [{ kind: "status", status: 500, headers }] });
    const response = await tenant.call("GET", COLLECTION, { headers: ORIGIN });
    expect(response.headers.get("access-control-allow-origin")).toBe("https://other.example");
  });

  test("is detected by Origin: other requests get no CORS header, and a plain OPTIONS is not allowed", async () => {
    await using tenant = await testTenant();
    expect([...(await tenant.call("GET", COLLECTION)).headers.keys()].join()).not.toContain("access-control");
    const options = await tenant.call("OPTIONS", COLLECTION, { headers: ORIGIN });
    expect(options.status).toBe(405);
    expect(options.headers.get("access-control-allow-origin")).toBe("*");
  });
});
