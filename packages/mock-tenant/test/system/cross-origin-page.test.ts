import { createServer } from "node:http";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { listen } from "../../src/http/listen.ts";
import { EXAMPLE_ID, testTenant } from "../tenant.ts";
import { describeWithProgram } from "./system-program.ts";

const COLLECTION = "/v2024/connector-customizers";

describeWithProgram(["chromium", "chromium-browser", "google-chrome"], (executablePath) => {
  test("a page of another origin can call the API, but not the tenant's own page or the admin routes", async () => {
    await using tenant = await testTenant({ seed: 1, rateLimit: { requests: 2, seconds: 3600 } });
    const server = createServer((_, response) =>
      response.setHeader("Content-Type", "text/html").end("<p>App"),
    );
    const origin = await listen(server, 0);
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    try {
      const page = await browser.newPage();
      await page.goto(origin);
      const call = (path: string, method: string) =>
        page.evaluate(
          async ([url, sent, authorization]) => {
            try {
              const headers = { Authorization: authorization, "X-Anything": "1" };
              const response = await fetch(url, { method: sent, headers });
              const retryAfter = response.headers.get("Retry-After") !== null;
              return `${response.status}${retryAfter ? " with Retry-After" : ""}`;
            } catch (error) {
              return String(error);
            }
          },
          [tenant.mock.baseUrl + path, method, `Bearer ${tenant.token}`] as const,
        );
      expect(await call(COLLECTION, "GET")).toBe("200");
      expect(await call(`${COLLECTION}/${EXAMPLE_ID}`, "DELETE")).toBe("204");
      expect(await call(COLLECTION, "GET")).toBe("429 with Retry-After");
      for (const [path, method] of [
        ["/", "GET"],
        ["/_mock/requests", "GET"],
        ["/_mock/faults", "DELETE"],
      ] as const)
        expect(await call(path, method)).toMatch(/^TypeError/);
    } finally {
      await browser.close();
      server.close();
    }
  });
});
