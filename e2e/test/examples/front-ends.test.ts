import { join } from "node:path";
import { createClient } from "@isc-customizers/client";
import { type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { build } from "esbuild";
import { cp, writeFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeWithProgram } from "../../../packages/mock-tenant/test/system/system-program.ts";
import { launch } from "../support/chromium.ts";
import { root } from "../support/repository.ts";
import { available } from "../support/runtime.ts";
import { serveFolder } from "../site/static-server.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";
import { requestWorker } from "../support/workerd.ts";

const examples = join(root, "packages/examples/front-ends");

let mock: MockTenant;
let folder: TemporaryFolder;
beforeEach(async () => {
  mock = await startMockTenant({ seed: 2 });
  folder = await temporaryFolder();
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
  await mock.close();
});

const environment = () => ({
  SAIL_BASE_URL: mock.baseUrl,
  SAIL_CLIENT_ID: mock.clientId,
  SAIL_CLIENT_SECRET: mock.clientSecret,
});

function client() {
  const { baseUrl, clientId, clientSecret } = mock;
  return createClient({ baseUrl, auth: { clientId, clientSecret } });
}

async function accessToken(): Promise<string> {
  const response = await fetch(`${mock.baseUrl}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: mock.clientId,
      client_secret: mock.clientSecret,
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

describe.each(available.filter(({ name }) => name === "workerd"))("the Worker on $name", ({ program }) => {
  const request = () => requestWorker(program, folder.path, join(examples, "worker.ts"), environment(), {});

  test("lists the customizers", async () => {
    const response = await request();
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveLength(2);
  });

  test("answers 502 without details when the tenant refuses it", async () => {
    mock.faults.add({ kind: "status", status: 403 });
    const response = await request();
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ error: "The tenant cannot be used." });
  });
});

describeWithProgram(["chromium", "chromium-browser", "google-chrome"], (executablePath) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(executablePath);
  });
  afterAll(() => browser?.close());

  /** Opens a page that loads `page.js` of the folder. */
  async function open(): Promise<AsyncDisposable & { readonly page: Page; readonly problems: string[] }> {
    const server = await serveFolder(folder.path, "/");
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(server.url);
    return {
      page,
      problems,
      async [Symbol.asyncDispose]() {
        await page.close();
        await server[Symbol.asyncDispose]();
      },
    };
  }

  test("the page without a framework lists the customizers, and shows an error", async () => {
    await cp(join(examples, "browser-page/index.html"), join(folder.path, "index.html"));
    const entryPoints = [join(examples, "browser-page/page.ts")];
    await build({ entryPoints, outfile: join(folder.path, "page.js"), bundle: true, format: "esm" });
    await using opened = await open();
    const { page } = opened;
    await page.getByLabel("Base URL").fill(mock.baseUrl);
    await page.getByLabel("Access token").fill(await accessToken());
    await page.getByRole("button", { name: "List" }).dblclick();
    await page.getByText("2 customizers").waitFor();
    const names = (await client().listConnectorCustomizers()).map(({ name }) => name);
    expect(await page.getByRole("listitem").allInnerTexts()).toEqual(names);

    await page.getByLabel("Access token").fill("wrong");
    await page.getByRole("button", { name: "List" }).click();
    await page.getByText("answered 401").waitFor();
    expect(opened.problems).toEqual([]);
  });

  test("the React page lists, renames and uploads", async () => {
    const html = '<!doctype html><title>Admin</title><script type="module" src="page.js"></script>';
    await writeFile(join(folder.path, "index.html"), html);
    const start = `import { start } from "./main.tsx";
const main = document.body.appendChild(document.createElement("main"));
start(main, ${JSON.stringify(mock.baseUrl)}, async () => ${JSON.stringify(await accessToken())});`;
    await build({
      stdin: { contents: start, resolveDir: join(examples, "react-admin"), loader: "ts" },
      outfile: join(folder.path, "page.js"),
      bundle: true,
      format: "esm",
      jsx: "automatic",
      define: { "process.env.NODE_ENV": '"production"' },
    });
    await using opened = await open();
    const { page } = opened;
    const [first] = await client().listConnectorCustomizers();
    const name = first?.name ?? "";
    await page.getByLabel(`Name of ${name}`).fill("Renamed");
    await page.getByRole("button", { name: "Rename" }).first().click();
    await page.getByLabel("Name of Renamed").waitFor();

    const zip = Buffer.from(`PK\x05\x06${"\0".repeat(18)}`, "latin1");
    const file = { name: "a.zip", mimeType: "application/zip", buffer: zip };
    // The same file twice, as after a change of its contents.
    for (const added of [1, 2]) {
      await page.getByLabel("Zip of Renamed").setInputFiles(file);
      await page
        .getByText(`version ${(first?.imageVersion ?? 0) + added}`)
        .first()
        .waitFor();
    }
    expect((await client().getConnectorCustomizer({ id: first?.id ?? "" })).name).toBe("Renamed");
    expect(opened.problems).toEqual([]);
  });
});
