import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { createClient } from "@isc-customizers/client";
import { type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { afterAll, beforeAll, expect, test } from "vitest";
import { output } from "../support/command.ts";
import { root } from "../support/repository.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

// A real folder with real copies: Turbopack follows no link that leaves the application.
const dependencies = {
  next: "16.4.6",
  react: "19.3.1",
  "react-dom": "19.3.1",
  typescript: "5.9.3",
  "@types/node": "24.19.2",
  "@types/react": "19.3.0",
};
const timeout = 600_000;

let app: TemporaryFolder;
let mock: MockTenant;
let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  app = await temporaryFolder();
  const cwd = app.path;
  for (const name of ["types", "client"])
    await output("pnpm", ["pack", "--pack-destination", cwd], { cwd: join(root, "packages", name) });
  const tarballs = (await readdir(cwd)).map((file) => join(cwd, file));
  await writeFile(join(cwd, "package.json"), JSON.stringify({ private: true, dependencies }));
  await output("npm", ["install", "--no-audit", "--no-fund", ...tarballs], { cwd });
  await mkdir(join(cwd, "app/api/customizers"), { recursive: true });
  const route = join(root, "packages/examples/front-ends/next/route.ts");
  await cp(route, join(cwd, "app/api/customizers/route.ts"));

  const next = join(cwd, "node_modules/next/dist/bin/next");
  // The build has no credentials, and no undici.
  const env = { NEXT_TELEMETRY_DISABLED: "1", SAIL_BASE_URL: "", SAIL_CLIENT_ID: "", SAIL_CLIENT_SECRET: "" };
  await output(process.execPath, [next, "build"], { cwd, env });

  mock = await startMockTenant({ seed: 2 });
  const { baseUrl, clientId, clientSecret } = mock;
  const server = spawn(process.execPath, [next, "start", "--hostname", "127.0.0.1", "--port", "0"], {
    cwd,
    env: {
      ...process.env,
      ...env,
      SAIL_BASE_URL: baseUrl,
      SAIL_CLIENT_ID: clientId,
      SAIL_CLIENT_SECRET: clientSecret,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  stop = async () => {
    const ended = once(server, "exit");
    if (server.kill()) await ended;
  };
  url = `${await addressOf(server.stdout)}/api/customizers`;
}, timeout);
afterAll(async () => {
  await stop?.();
  await mock?.close();
  await app[Symbol.asyncDispose]();
});

/** Waits until the server listens. */
async function addressOf(stdout: Readable): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface(stdout)) {
    lines.push(line);
    if (!line.includes("Ready")) continue;
    // The server must not wait for a reader.
    stdout.resume();
    return /http:\/\/127\.0\.0\.1:\d+/.exec(lines.join("\n"))?.[0] ?? "";
  }
  throw new Error(`\`next start\` has ended:\n${lines.join("\n")}`);
}

test("the route of Next.js, built without credentials and without undici, lists and creates customizers", async () => {
  const post = (body: object) => fetch(url, { method: "POST", body: JSON.stringify(body) });
  expect((await post({ name: "Badges" })).status).toBe(201);
  expect((await post({})).status).toBe(400);
  expect(await (await fetch(url)).json()).toHaveLength(3);
  const { baseUrl, clientId, clientSecret } = mock;
  const names = await createClient({ baseUrl, auth: { clientId, clientSecret } })
    .listConnectorCustomizers()
    .all();
  expect(names.map(({ name }) => name)).toContain("Badges");
});
