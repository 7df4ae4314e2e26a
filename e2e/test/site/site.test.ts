import { glob, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createClient } from "@isc-customizers/client";
import { type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { operationTable } from "@isc-customizers/types";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWithProgram } from "../../../packages/mock-tenant/test/system/system-program.ts";
import { launch } from "../support/chromium.ts";
import { output, run } from "../support/command.ts";
import { root } from "../support/repository.ts";
import { serveFolder } from "./static-server.ts";

const timeout = 300_000;
const dist = join(root, "site/dist");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** A path that the build does not know. */
const path = "/docs/of/customizers/";
const pages = [
  "index.html",
  "guides/errors.html",
  "reference/connector-customizers.html",
  "reference/models.html",
];

beforeAll(async () => {
  await output("pnpm", ["-s", "site:tools"], { cwd: root });
  const program = join(root, "site/node_modules/vitepress/bin/vitepress.js");
  const env = {
    ...process.env,
    SAIL_BASE_URL: "https://own.api.identitynow.com",
    SAIL_CLIENT_ID: "own-id",
    SAIL_CLIENT_SECRET: "own-secret",
  };
  await output(process.execPath, [program, "build", join(root, "site")], { cwd: root, env });
}, timeout);

test("the code of the site has no type error", async () => {
  const program = join(root, "site/node_modules/vue-tsc/bin/vue-tsc.js");
  expect(await run(process.execPath, [program, "-p", join(root, "site")], { cwd: root })).toMatchObject({
    code: 0,
    stdout: "",
  });
});

test("no file has the tenant or the credentials of the shell that built the site", async () => {
  const found: string[] = [];
  for await (const file of glob("**/*.{html,js,css,md,txt,json}", { cwd: dist }))
    if (/own\.api\.identitynow|own-id|own-secret/.test(await readFile(join(dist, file), "utf8")))
      found.push(file);
  expect(found).toEqual([]);
});

test("every page has a Markdown twin, and llms-full.txt has every page", async () => {
  const full = await readFile(join(dist, "llms-full.txt"), "utf8");
  for (const page of ["guides/errors", "reference/errors", "moving/python"]) {
    const source = await readFile(join(root, `docs/${page}.md`), "utf8");
    expect(await readFile(join(dist, `${page}.md`), "utf8")).toBe(source);
    expect(full).toContain(source);
  }
  expect(await readFile(join(dist, "llms.txt"), "utf8")).toContain("listConnectorCustomizers");
});

describeWithProgram(["chromium", "chromium-browser", "google-chrome"], (executablePath) => {
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let mock: MockTenant;
  beforeAll(async () => {
    server = await serveFolder(dist, path);
    mock = await startMockTenant({ seed: 2 });
    browser = await launch(executablePath);
  }, timeout);
  afterAll(async () => {
    await browser?.close();
    await mock?.close();
    await server?.[Symbol.asyncDispose]();
  });

  /** Opens a page, and collects what went wrong and which other hosts were asked. */
  async function open(file: string, options: { theme?: "dark" | "light"; width?: number } = {}) {
    const context = await browser.newContext({
      colorScheme: options.theme ?? "light",
      // Colors in the middle of a transition can fail axe.
      reducedMotion: "reduce",
      viewport: { width: options.width ?? 1280, height: 800 },
    });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    const sizes: Promise<number>[] = [];
    page.on("request", (request) => {
      const { origin } = new URL(request.url());
      if (![new URL(server.url).origin, mock.baseUrl].includes(origin))
        problems.push(`asked ${request.url()}`);
    });
    page.on("response", (response) => {
      // A redirect has no body.
      const size = response.body().then(
        (body) => gzipSync(body).byteLength,
        () => 0,
      );
      sizes.push(size);
    });
    await page.goto(server.url + file, { waitUntil: "networkidle" });
    // Before Vue has mounted its application, the page ignores keys and input.
    await page.waitForFunction(() => "__vue_app__" in (document.querySelector("#app") ?? {}));
    return { page, problems, sizes, [Symbol.asyncDispose]: () => context.close() };
  }

  describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
    test.each(pages)("%s has no error, no request to another host, and no problem for axe", async (file) => {
      await using opened = await open(file, { theme });
      await opened.page.evaluate(axe);
      const violations = await opened.page.evaluate(async () => {
        const { axe: runner } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: Violation[] }> };
        };
        const result = await runner.run();
        return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(violations).toEqual([]);
      expect(opened.problems).toEqual([]);
    });
  });

  test("the first page takes less than 200 KB, compressed, before the search loads", async () => {
    await using opened = await open("index.html");
    const sizes = await Promise.all(opened.sizes);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThan(200_000);
  });

  test.each(pages)("%s fits a screen of 360 px", async (file) => {
    await using opened = await open(file, { width: 360 });
    const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  });

  test.each([
    ["an error message", "The body is not a zip", "troubleshooting"],
    ["an option", "maxRetryAfter", "client-options"],
    ["a cmdlet", "New-V2024ConnectorCustomizer", "powershell"],
  ])("the search, opened with the keyboard, finds %s", async (_, words, page) => {
    await using opened = await open("index.html");
    await opened.page.keyboard.press("Control+k");
    await opened.page.getByRole("searchbox").fill(words);
    const results = opened.page.locator(".VPLocalSearchBox .result");
    await results.first().waitFor();
    const links = await results.evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
    expect(links.filter((link) => link.includes(page))).not.toEqual([]);
    expect(links.every((link) => link.startsWith(path))).toBe(true);
  });

  test("a link to another page is followed without a reload, and its heading is reached", async () => {
    await using opened = await open("guides/errors.html");
    await opened.page.getByRole("main").getByRole("link", { name: "Raw calls" }).click();
    await opened.page.waitForURL(/guides\/middleware\.html#raw-calls$/);
    await opened.page.locator("#raw-calls").waitFor();
    expect(opened.problems).toEqual([]);
  });

  test("a page says from which version it was made", async () => {
    await using opened = await open("guides/errors.html");
    const { version } = JSON.parse(await readFile(join(root, "packages/client/package.json"), "utf8")) as {
      version: string;
    };
    const footer = opened.page.locator(".site-footer");
    expect(await footer.innerText()).toContain(`Version ${version}. Generated from spec/openapi.yaml`);
  });

  test.each(Object.keys(operationTable))("%s has a form to try it", async (operation) => {
    const file = operation.includes("Instance") ? "connector-instances" : "connector-customizers";
    await using opened = await open(`reference/${file}.html`);
    expect(await opened.page.getByText(`Try it: ${operation}`, { exact: true }).count()).toBe(1);
  });

  /** Opens the form of an operation, with the mock tenant. */
  async function tryIt(page: Page, operation: string) {
    const form = page.locator("details.try-it", { hasText: `Try it: ${operation}` }).first();
    await form.locator("summary").click();
    await form.getByLabel("Base URL").fill(mock.baseUrl);
    await form.getByLabel("Client id").fill(mock.clientId);
    await form.getByLabel("Client secret").fill(mock.clientSecret);
    return form;
  }

  test("a reader lists the customizers of a mock tenant, and sees TypeScript and curl", async () => {
    await using opened = await open("reference/connector-customizers.html");
    const form = await tryIt(opened.page, "listConnectorCustomizers");
    await form.getByLabel("limit").fill("1");
    await form.getByRole("button", { name: "Send" }).click();
    await form.getByText("200 OK").waitFor();
    const shown = await form.innerText();
    expect(shown).toContain("customizers.listConnectorCustomizers({\n  offset: 0,\n  limit: 1\n})");
    expect(shown).toContain(
      `curl --request GET '${mock.baseUrl}/v2024/connector-customizers?offset=0&limit=1'`,
    );
    expect(shown).not.toContain(mock.clientSecret);
    const { baseUrl, clientId, clientSecret } = mock;
    const [first] = await createClient({
      baseUrl,
      auth: { clientId, clientSecret },
    }).listConnectorCustomizers();
    expect(await form.locator(".answer").innerText()).toContain(first?.id);
  });

  test("a reader creates a customizer, uploads its zip, and sees the client's error for a wrong id", async () => {
    await using opened = await open("reference/connector-customizers.html");
    const create = await tryIt(opened.page, "createConnectorCustomizer");
    await create.getByRole("button", { name: "Send" }).click();
    await create.getByText("201 Created").waitFor();
    const { id } = JSON.parse(await create.locator(".answer").innerText()) as { id: string };

    const upload = await tryIt(opened.page, "createConnectorCustomizerVersion");
    await upload.getByLabel("id", { exact: true }).fill(id);
    const zip = Buffer.from(`PK\x05\x06${"\0".repeat(18)}`, "latin1");
    await upload
      .getByLabel("body")
      .setInputFiles({ name: "a.zip", mimeType: "application/zip", buffer: zip });
    await upload.getByRole("button", { name: "Send" }).click();
    await upload.getByText("200 OK").waitFor();
    expect(mock.versions).toHaveLength(1);

    await upload.getByLabel("id", { exact: true }).fill("unknown");
    await upload.getByRole("button", { name: "Send" }).click();
    await upload.getByText("NotFoundError").first().waitFor();
    expect(await upload.locator(".answer").innerText()).toContain('No customizer has the id "unknown".');
  });
});

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
