import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { MockTenant } from "../../src/index.ts";
import { describeWithProgram } from "./system-program.ts";
import { EXAMPLE_ID, json, testTenant, zip } from "../tenant.ts";

const COLLECTION = "/v2024/connector-customizers";
const TIMEOUT = { timeout: 60_000 };

interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Problems of the page: errors in its console, including those of its Content Security Policy, and requests to other origins. */
  readonly problems: readonly string[];
}

describeWithProgram(["chromium", "chromium-browser", "google-chrome"], (executablePath) => {
  let browser: Browser;
  beforeAll(async () => {
    const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
    const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", ...quiet];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser.close());

  async function open({ baseUrl }: MockTenant): Promise<OpenPage> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("dialog", (dialog) => {
      problems.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(`${baseUrl}/`) && request.url() !== "data:,")
        problems.push(request.url());
    });
    page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
    await page.goto(baseUrl);
    // A reload would remove this marker.
    await page.evaluate("globalThis.loaded = true");
    return { page, problems, [Symbol.asyncDispose]: () => context.close() };
  }

  /** Waits for `count` polls of the page. The first one may have started earlier; the page may still process the last one. */
  async function polls(page: Page, count: number): Promise<void> {
    for (let n = 0; n < count; n++)
      await page.waitForResponse((response) => new URL(response.url()).pathname === "/");
  }

  test("a change through the API appears without a reload", async () => {
    await using tenant = await testTenant({ seed: 1 });
    await using opened = await open(tenant.mock);
    const { page, problems } = opened;
    expect(await page.title()).toBe("Mock tenant");
    await page.getByText("Customizers (1)").waitFor();

    await tenant.call("POST", COLLECTION, json({ name: "Created later" }));
    await page.getByRole("cell", { name: "Created later", exact: true }).waitFor(TIMEOUT);
    await page.getByText("Customizers (2)").waitFor(TIMEOUT);
    await page.getByRole("cell", { name: "createConnectorCustomizer", exact: true }).waitFor(TIMEOUT);

    await tenant.call("POST", `${COLLECTION}/${EXAMPLE_ID}/versions`, { body: zip() });
    const row = page
      .getByRole("row")
      .filter({ has: page.getByRole("cell", { name: EXAMPLE_ID, exact: true }) });
    await row.getByText(`3: `).waitFor(TIMEOUT);
    expect(await row.textContent()).toContain(`${zip().length} bytes, 2 entries`);

    await tenant.call("PUT", `${COLLECTION}/${EXAMPLE_ID}`, json({ name: "Renamed" }));
    await row.getByRole("cell", { name: "Renamed", exact: true }).waitFor(TIMEOUT);
    await tenant.call("DELETE", `${COLLECTION}/${EXAMPLE_ID}`);
    await row.waitFor({ state: "detached", ...TIMEOUT });

    expect(await page.evaluate("globalThis.loaded")).toBe(true);
    expect(problems).toEqual([]);
  });

  test("a switch turns a fault of the API on and off", async () => {
    await using tenant = await testTenant();
    await using opened = await open(tenant.mock);
    const { page, problems } = opened;
    const status = async () => (await tenant.call("GET", COLLECTION)).status;
    const fault = page.getByLabel("500 from every operation");
    expect(await fault.isChecked()).toBe(false);
    expect(await status()).toBe(200);

    await fault.click();
    await vi.waitUntil(() => tenant.mock.faults.active.length === 1, TIMEOUT);
    expect(await status()).toBe(500);
    expect(await status()).toBe(500);
    await page.getByText("(hits: 2)").waitFor(TIMEOUT);
    expect(await fault.isChecked()).toBe(true);
    // The focus stays on the switch although the page was rendered again.
    expect(await page.evaluate("document.activeElement.dataset.id")).toBe(tenant.mock.faults.active[0]?.id);
    const row = page
      .getByRole("row")
      .filter({ hasText: `GET ${COLLECTION}` })
      .first();
    await row.getByRole("cell", { name: "status", exact: true }).waitFor(TIMEOUT);
    expect(await row.getByRole("cell").allTextContents()).toEqual([
      `GET ${COLLECTION}`,
      "listConnectorCustomizers",
      "500",
      expect.stringMatching(/^\d+\.\d ms$/),
      "0 bytes",
      "status",
    ]);

    await fault.click();
    await vi.waitUntil(() => tenant.mock.faults.active.length === 0, TIMEOUT);
    expect(await status()).toBe(200);
    await page.getByText("(hits: 2)").waitFor({ state: "detached", ...TIMEOUT });
    expect(await fault.isChecked()).toBe(false);
    expect(await page.evaluate("globalThis.loaded")).toBe(true);
    expect(problems).toEqual([]);
  });

  test("a fault that a program added has a switch", async () => {
    await using tenant = await testTenant();
    await using opened = await open(tenant.mock);
    const { page, problems } = opened;
    tenant.mock.faults.add({ kind: "drop", when: "after", times: 3 });
    tenant.mock.faults.add({ kind: "html", probability: 1 });
    const dropped = page.getByLabel('{"kind":"drop","when":"after","times":3}');
    await dropped.waitFor(TIMEOUT);
    expect(await dropped.isChecked()).toBe(true);
    expect(await page.getByLabel("An HTML error page").isChecked()).toBe(true);
    await dropped.click();
    await dropped.waitFor({ state: "detached", ...TIMEOUT });
    expect(tenant.mock.faults.active.map(({ fault }) => fault.kind)).toEqual(["html"]);
    expect(problems).toEqual([]);
  });

  test("every switch can be turned on by keyboard, and off by mouse", async () => {
    await using tenant = await testTenant();
    await using opened = await open(tenant.mock);
    const { page, problems } = opened;
    const switches = page.getByRole("checkbox");
    const count = await switches.count();
    expect(count).toBeGreaterThan(10);
    for (let n = 0; n < count; n++) {
      await switches.nth(n).focus();
      await page.keyboard.press("Space");
      await vi.waitUntil(() => tenant.mock.faults.active.length === n + 1, TIMEOUT);
    }
    const labels = await page.getByRole("listitem").allTextContents();
    expect(labels).toHaveLength(count);
    for (let n = 0; n < count; n++) {
      await vi.waitUntil(() => switches.nth(n).isChecked(), TIMEOUT);
      await switches.nth(n).click();
      await vi.waitUntil(() => tenant.mock.faults.active.length === count - n - 1, TIMEOUT);
    }
    expect(problems).toEqual([]);
  });

  test("names that contain markup are shown as text and run no script", async () => {
    const hostile = [
      `<img src=x onerror="globalThis.ran=1">`,
      `</td><script>globalThis.ran=1</script>`,
      `"><svg onload="globalThis.ran=1">`,
      `</script><script>alert(1)</script>`,
      `&lt;b&gt; 'quoted' &amp;`,
      `<a href="javascript:alert(1)">click</a>`,
    ];
    await using tenant = await testTenant({ clientId: `<u onclick="alert(1)">me</u>` });
    for (const name of hostile) await tenant.call("POST", COLLECTION, json({ name }));
    await using opened = await open(tenant.mock);
    const { page, problems } = opened;
    for (const name of hostile) {
      const { id }: { id: string } = JSON.parse(
        await (await tenant.call("POST", COLLECTION, json({ name }))).text(),
      );
      await tenant.call("POST", `${COLLECTION}/${id}/versions`, {
        body: zip({ [name.replaceAll("/", "")]: "x" }),
      });
      await tenant.call("GET", `${COLLECTION}?q=${encodeURIComponent(name)}`);
      await tenant.call("GET", `${COLLECTION}/'"><script>alert(1)</script>`);
      tenant.mock.faults.add({ kind: "status", status: 500, body: name, match: { path: `/${name}` } });
    }
    await page.getByText(`Customizers (${hostile.length * 2})`).waitFor(TIMEOUT);
    for (const name of hostile)
      expect(await page.getByRole("cell", { name, exact: true }).allTextContents()).toEqual([name, name]);
    await page.getByLabel(JSON.stringify(hostile[3])).waitFor(TIMEOUT);
    expect(await page.evaluate("globalThis.ran")).toBeUndefined();
    expect(await page.locator("main :is(script, img, svg, a, b, u)").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test("the Content Security Policy blocks an injected script", async () => {
    await using tenant = await testTenant();
    await using opened = await open(tenant.mock);
    const { page, problems } = opened;
    await page.evaluate(
      `document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='globalThis.ran=1'>")`,
    );
    await vi.waitUntil(() => problems.length > 0, TIMEOUT);
    expect(problems.join()).toMatch(/Content Security Policy/);
    expect(await page.evaluate("globalThis.ran")).toBeUndefined();
  });

  test("the page does not update while text is selected", async () => {
    await using tenant = await testTenant({ seed: 1 });
    await using opened = await open(tenant.mock);
    const { page } = opened;
    await page.getByRole("cell", { name: EXAMPLE_ID, exact: true }).selectText();
    await tenant.call("POST", COLLECTION, json({ name: "Created later" }));
    await polls(page, 3);
    expect(await page.evaluate("String(getSelection())")).toBe(EXAMPLE_ID);
    expect(await page.getByText("Created later").count()).toBe(0);
    await page.evaluate("getSelection().removeAllRanges()");
    await page.getByText("Created later").waitFor(TIMEOUT);
  });

  test("the page does not update while a switch is pressed", async () => {
    await using tenant = await testTenant({ seed: 1 });
    await using opened = await open(tenant.mock);
    const { page } = opened;
    await page.getByLabel("An HTML error page").hover();
    await page.mouse.down();
    await tenant.call("POST", COLLECTION, json({ name: "Created later" }));
    await polls(page, 3);
    expect(await page.getByText("Created later").count()).toBe(0);
    await page.mouse.up();
    await vi.waitUntil(() => tenant.mock.faults.active[0]?.fault.kind === "html", TIMEOUT);
    await page.getByText("Created later").waitFor(TIMEOUT);
  });

  test("the page still shows the last state after the tenant closes", async () => {
    await using tenant = await testTenant({ seed: 1 });
    await using opened = await open(tenant.mock);
    const { page, problems } = opened;
    await tenant.mock.close();
    await vi.waitUntil(() => problems.length > 0, TIMEOUT);
    expect(await page.getByText(EXAMPLE_ID).count()).toBe(1);
    expect(problems.filter((problem) => !/ERR_|^failed: /.test(problem))).toEqual([]);
  });
});
