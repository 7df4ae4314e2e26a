import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { BlockPrograms } from "./block-programs.ts";
import { readPages } from "./pages.ts";

/**
 * The names of the programs around the examples. The examples of the generator's own docstrings are about planets, because it knows no
 * API.
 */
const globals = `import * as isc from "@isc-customizers/client";
import * as node from "@isc-customizers/client/node";
import * as pinoModule from "pino";
import { createClient as connect } from "redis";

interface Planet {
  readonly name: string;
}
declare global {
  const createClient: typeof isc.createClient;
  const clientFromEnvironment: typeof node.clientFromEnvironment;
  const undiciFetch: typeof node.undiciFetch;
  const zipFromFile: typeof node.zipFromFile;
  const IscError: typeof isc.IscError;
  const NotFoundError: typeof isc.NotFoundError;
  type RateLimiter = isc.RateLimiter;
  type TokenStore = isc.TokenStore;

  const auth: isc.Auth;
  const clientId: string;
  const clientSecret: string;
  const customizers: isc.Client;
  const id: string;
  const body: Blob;
  const fetchToken: () => Promise<string>;
  const vault: { read(name: string): Promise<string> };
  const pino: typeof pinoModule.pino;
  const logger: pinoModule.Logger;
  const redis: ReturnType<typeof connect>;
  const redlock: { acquire(names: string[], duration: number): Promise<{ release(): Promise<object> }> };
  const client: {
    getPlanet(parameters: { id: string }, options?: isc.RequestOptions): isc.ApiPromise<Planet>;
    getStar(parameters: { id: string }): isc.ApiPromise<Planet>;
    listPlanets(parameters?: object, options?: isc.RequestOptions): isc.PagePromise<Planet>;
    uploadMap(parameters: { id: string; body: Blob }, options?: isc.RequestOptions): isc.ApiPromise<Planet>;
  };
}
`;

test("every example of a docstring type-checks under strict options", async () => {
  const parent = fileURLToPath(new URL("../../dist/", import.meta.url));
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "docstrings-"));
  const blocks = (await readPages()).flatMap((page) => page.blocks);
  const examples = blocks.filter(({ exemption }) => exemption?.kind === "only type-checked");
  expect(examples.length).toBeGreaterThan(20);
  const written = await BlockPrograms.write(folder, examples);
  onTestFinished(() => rm(folder, { recursive: true }));
  expect(await written.compile(globals)).toMatchObject({ code: 0, stdout: "" });
});
