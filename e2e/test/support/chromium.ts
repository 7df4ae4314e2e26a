import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import type { ConformanceInput, Outcomes } from "./runtime.ts";

/** Runs the conformance program in a page whose origin differs from the tenant's. */
export async function runInChromium(
  program: string,
  folder: string,
  input: ConformanceInput,
): Promise<Outcomes> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "conformance.mjs")],
    outdir: "unwritten",
    write: false,
    bundle: true,
    splitting: true,
    format: "esm",
  });
  const modules = new Map(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]));
  await using server = createServer(({ url = "" }, response) => {
    const type = modules.has(url) ? "text/javascript" : "text/html";
    response
      .writeHead(200, { "Content-Type": type })
      .end(modules.get(url) ?? "<!doctype html><title>Conformance</title>");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const browser = await launch(program);
  try {
    const page = await browser.newPage();
    // The mock tenant rejects faults from a page of another origin, so Node adds them.
    await page.exposeFunction("addFault", (fault: object) => addFault(input.tenant.baseUrl, fault));
    await page.goto(`http://127.0.0.1:${port}/`);
    const start = `import("/conformance.js").then((module) => module.conformance(${JSON.stringify(input)}, addFault))`;
    return await page.evaluate<Outcomes>(start);
  } finally {
    await browser.close();
    server.closeAllConnections();
  }
}

export async function chromiumVersion(program: string): Promise<string> {
  const browser = await launch(program);
  try {
    return browser.version();
  } finally {
    await browser.close();
  }
}

export function launch(executablePath: string): Promise<Browser> {
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", ...quiet];
  return chromium.launch({ executablePath, args });
}

async function addFault(baseUrl: string, fault: object): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${baseUrl}/_mock/faults`, {
    method: "POST",
    headers,
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(await response.text());
}
