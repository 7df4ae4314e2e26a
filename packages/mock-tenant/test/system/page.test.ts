import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { MockTenant } from "../../src/index.ts";
import { describeWithProgram } from "./system-program.ts";
import { EXAMPLE_ID, json, testTenant, zip } from "../tenant.ts";

const COLLECTION = "/v2024/connector-customizers";
const PATIENCE = { timeout: 60_000 };

interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** What a page should not do: errors in its console, those of its policy among them, and requests to elsewhere. */
  readonly troubles: readonly string[];
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
    const troubles: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) troubles.push(message.text());
    });
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("dialog", (dialog) => {
      troubles.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(`${baseUrl}/`) && request.url() !== "data:,")
        troubles.push(request.url());
    });
    page.on("requestfailed", (request) => troubles.push(`failed: ${request.url()}`));
    await page.goto(baseUrl);
    // Lost by a reload, which nothing here may need.
    await page.evaluate("globalThis.loaded = true");
    return { page, troubles, [Symbol.asyncDispose]: () => context.close() };
  }

  /** Waits until the page has looked at the tenant so often; a look that was on its way may be the first, and the last goes on. */
  async function looks(page: Page, count: number): Promise<void> {
    for (let n = 0; n < count; n++)
      await page.waitForResponse((response) => new URL(response.url()).pathname === "/");
  }

  test("what is made through the API appears without a reload", async () => {
    await using tenant = await testTenant({ seed: 1 });
    await using opened = await open(tenant.mock);
    const { page, troubles } = opened;
    expect(await page.title()).toBe("Mock tenant");
    await page.getByText("Customizers (1)").waitFor();

    await tenant.call("POST", COLLECTION, json({ name: "Born later" }));
    await page.getByRole("cell", { name: "Born later", exact: true }).waitFor(PATIENCE);
    await page.getByText("Customizers (2)").waitFor(PATIENCE);
    await page.getByRole("cell", { name: "createConnectorCustomizer", exact: true }).waitFor(PATIENCE);

    await tenant.call("POST", `${COLLECTION}/${EXAMPLE_ID}/versions`, { body: zip() });
    const row = page
      .getByRole("row")
      .filter({ has: page.getByRole("cell", { name: EXAMPLE_ID, exact: true }) });
    await row.getByText(`3: `).waitFor(PATIENCE);
    expect(await row.textContent()).toContain(`${zip().length} bytes, 2 entries`);

    await tenant.call("PUT", `${COLLECTION}/${EXAMPLE_ID}`, json({ name: "Renamed" }));
    await row.getByRole("cell", { name: "Renamed", exact: true }).waitFor(PATIENCE);
    await tenant.call("DELETE", `${COLLECTION}/${EXAMPLE_ID}`);
    await row.waitFor({ state: "detached", ...PATIENCE });

    expect(await page.evaluate("globalThis.loaded")).toBe(true);
    expect(troubles).toEqual([]);
  });

  test("a switch makes the API fail, and work again", async () => {
    await using tenant = await testTenant();
    await using opened = await open(tenant.mock);
    const { page, troubles } = opened;
    const status = async () => (await tenant.call("GET", COLLECTION)).status;
    const fault = page.getByLabel("500 from every operation");
    expect(await fault.isChecked()).toBe(false);
    expect(await status()).toBe(200);

    await fault.click();
    await vi.waitUntil(() => tenant.mock.faults.active.length === 1, PATIENCE);
    expect(await status()).toBe(500);
    expect(await status()).toBe(500);
    await page.getByText("(hits: 2)").waitFor(PATIENCE);
    expect(await fault.isChecked()).toBe(true);
    // Where it was clicked, though the page has been made anew since.
    expect(await page.evaluate("document.activeElement.dataset.id")).toBe(tenant.mock.faults.active[0]?.id);
    const row = page
      .getByRole("row")
      .filter({ hasText: `GET ${COLLECTION}` })
      .first();
    await row.getByRole("cell", { name: "status", exact: true }).waitFor(PATIENCE);
    expect(await row.getByRole("cell").allTextContents()).toEqual([
      `GET ${COLLECTION}`,
      "listConnectorCustomizers",
      "500",
      expect.stringMatching(/^\d+\.\d ms$/),
      "0 bytes",
      "status",
    ]);

    await fault.click();
    await vi.waitUntil(() => tenant.mock.faults.active.length === 0, PATIENCE);
    expect(await status()).toBe(200);
    await page.getByText("(hits: 2)").waitFor({ state: "detached", ...PATIENCE });
    expect(await fault.isChecked()).toBe(false);
    expect(await page.evaluate("globalThis.loaded")).toBe(true);
    expect(troubles).toEqual([]);
  });

  test("a fault that was switched on elsewhere has a switch too", async () => {
    await using tenant = await testTenant();
    await using opened = await open(tenant.mock);
    const { page, troubles } = opened;
    tenant.mock.faults.add({ kind: "drop", when: "after", times: 3 });
    tenant.mock.faults.add({ kind: "html", probability: 1 });
    const dropped = page.getByLabel('{"kind":"drop","when":"after","times":3}');
    await dropped.waitFor(PATIENCE);
    expect(await dropped.isChecked()).toBe(true);
    expect(await page.getByLabel("An HTML error page").isChecked()).toBe(true);
    await dropped.click();
    await dropped.waitFor({ state: "detached", ...PATIENCE });
    expect(tenant.mock.faults.active.map(({ fault }) => fault.kind)).toEqual(["html"]);
    expect(troubles).toEqual([]);
  });

  test("every switch can be turned on, by keyboard, and off", async () => {
    await using tenant = await testTenant();
    await using opened = await open(tenant.mock);
    const { page, troubles } = opened;
    const switches = page.getByRole("checkbox");
    const count = await switches.count();
    expect(count).toBeGreaterThan(10);
    for (let n = 0; n < count; n++) {
      await switches.nth(n).focus();
      await page.keyboard.press("Space");
      await vi.waitUntil(() => tenant.mock.faults.active.length === n + 1, PATIENCE);
    }
    const labels = await page.getByRole("listitem").allTextContents();
    expect(labels).toHaveLength(count);
    for (let n = 0; n < count; n++) {
      await vi.waitUntil(() => switches.nth(n).isChecked(), PATIENCE);
      await switches.nth(n).click();
      await vi.waitUntil(() => tenant.mock.faults.active.length === count - n - 1, PATIENCE);
    }
    expect(troubles).toEqual([]);
  });

  test("names that are markup are shown as text, and nothing of them runs", async () => {
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
    const { page, troubles } = opened;
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
    await page.getByText(`Customizers (${hostile.length * 2})`).waitFor(PATIENCE);
    for (const name of hostile)
      expect(await page.getByRole("cell", { name, exact: true }).allTextContents()).toEqual([name, name]);
    await page.getByLabel(JSON.stringify(hostile[3])).waitFor(PATIENCE);
    expect(await page.evaluate("globalThis.ran")).toBeUndefined();
    expect(await page.locator("main :is(script, img, svg, a, b, u)").count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  test("nothing can run that is not the page's own, even if it got in", async () => {
    await using tenant = await testTenant();
    await using opened = await open(tenant.mock);
    const { page, troubles } = opened;
    await page.evaluate(
      `document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='globalThis.ran=1'>")`,
    );
    await vi.waitUntil(() => troubles.length > 0, PATIENCE);
    expect(troubles.join()).toMatch(/Content Security Policy/);
    expect(await page.evaluate("globalThis.ran")).toBeUndefined();
  });

  test("the page waits with what is new while a text is selected", async () => {
    await using tenant = await testTenant({ seed: 1 });
    await using opened = await open(tenant.mock);
    const { page } = opened;
    await page.getByRole("cell", { name: EXAMPLE_ID, exact: true }).selectText();
    await tenant.call("POST", COLLECTION, json({ name: "Born later" }));
    await looks(page, 3);
    expect(await page.evaluate("String(getSelection())")).toBe(EXAMPLE_ID);
    expect(await page.getByText("Born later").count()).toBe(0);
    await page.evaluate("getSelection().removeAllRanges()");
    await page.getByText("Born later").waitFor(PATIENCE);
  });

  test("a switch that is pressed stays where it is until it is let go", async () => {
    await using tenant = await testTenant({ seed: 1 });
    await using opened = await open(tenant.mock);
    const { page } = opened;
    await page.getByLabel("An HTML error page").hover();
    await page.mouse.down();
    await tenant.call("POST", COLLECTION, json({ name: "Born later" }));
    await looks(page, 3);
    expect(await page.getByText("Born later").count()).toBe(0);
    await page.mouse.up();
    await vi.waitUntil(() => tenant.mock.faults.active[0]?.fault.kind === "html", PATIENCE);
    await page.getByText("Born later").waitFor(PATIENCE);
  });

  test("the page outlives its tenant", async () => {
    await using tenant = await testTenant({ seed: 1 });
    await using opened = await open(tenant.mock);
    const { page, troubles } = opened;
    await tenant.mock.close();
    await vi.waitUntil(() => troubles.length > 0, PATIENCE);
    expect(await page.getByText(EXAMPLE_ID).count()).toBe(1);
    expect(troubles.filter((trouble) => !/ERR_|^failed: /.test(trouble))).toEqual([]);
  });
});
