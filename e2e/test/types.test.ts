import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { output, run } from "./support/command.ts";
import { compilers } from "./support/compiler.ts";
import { type Consumer, createConsumer } from "./support/consumer.ts";
import { expectRow } from "./support/results-table.ts";
import { root, tsc } from "./support/repository.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

// The programs are functions, because CommonJS has no top-level `await`.
const programs = {
  "positive.ts": `
import {
  type ApiError, AuthenticationError, type BinaryBody, type ClientOptions, type ConnectorCustomizersResponse, createClient,
  IscError, NotFoundError, RateLimitError, type RequestOptions,
} from "@isc-customizers/client";
declare const zip: BinaryBody;
declare const maybe: number | undefined;

export async function program() {
  const options: ClientOptions = { tenant: "acme", apiVersion: "v1", auth: { clientId: "a", clientSecret: "b" } };
  const client = createClient({
    ...options,
    retryQuota: false,
    middleware: [{ onRequest({ request }) { request.headers.set("X-Team", "a"); } }],
  });
  const middleware = { onResponse() {} };
  client.use(middleware);
  client.eject(middleware);

  const { id } = await client.createConnectorCustomizer({ body: { name: "My Custom Connector" } });
  const version = await client.createConnectorCustomizerVersion({ id, body: zip });
  const number: number | undefined = version?.version;
  const one: ConnectorCustomizersResponse = await client.getConnectorCustomizer({ id });
  const nothing: void = await client.deleteConnectorCustomizer({ id });
  await client.putConnectorCustomizer({ id, body: { name: "Renamed" } });
  await client.putConnectorCustomizer({ id });
  const page: ConnectorCustomizersResponse[] = await client.listConnectorCustomizers({ limit: maybe, offset: 0 });
  for await (const item of client.listConnectorCustomizers()) item.imageVersion?.toFixed();
  for await (const items of client.listConnectorCustomizers({ limit: 250 }).pages()) items.length.toFixed();
  const all: ConnectorCustomizersResponse[] = await client.listConnectorCustomizers().all({ max: 1000 });
  const { data, response } = await client.getConnectorCustomizer({ id }).withResponse();
  const name: string | undefined = data.name;
  const status: number = response.status + (await client.getConnectorCustomizer({ id }).asResponse()).status;
  const request: RequestOptions = { signal: new AbortController().signal, headers: { "X-Team": "a", "X-Other": null } };
  await client.listConnectorCustomizers({}, request);
  const raw = await client.raw.GET("/connector-customizers/{id}", { params: { path: { id } } });
  const rawName: string | undefined = raw.data?.name;
  await Promise.all([client.getConnectorCustomizer({ id }), client.listConnectorCustomizers()]);

  try {
    await client.getConnectorCustomizer({ id });
  } catch (error) {
    if (error instanceof RateLimitError) {
      const wait: number | undefined = error.retryAfter;
    } else if (error instanceof NotFoundError) {
      const api: ApiError = error;
      const text: string | undefined = error.messages[0]?.text;
    } else if (error instanceof AuthenticationError) {
      const reason: number | undefined = error.status;
      // @ts-expect-error -- the API was never reached
      error.operationId;
    } else if (error instanceof IscError) {
      // @ts-expect-error -- not every error has a status
      error.status;
    }
  }
}
`,
  "node.ts": `
/// <reference types="node" />
import { openAsBlob } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { createClient } from "@isc-customizers/client";
import { clientFromEnvironment, undiciFetch, zipFromFile } from "@isc-customizers/client/node";
import { type MockTenant, startMockTenant } from "@isc-customizers/mock-tenant";
import { operationTable } from "@isc-customizers/types";
declare const bytes: Uint8Array;
declare const shared: SharedArrayBuffer;

export async function program() {
  const client = createClient({ tenant: "acme", auth: { clientId: "a", clientSecret: "b" }, fetch: await undiciFetch() });
  const upload = { id: "a" };
  await clientFromEnvironment({ apiVersion: "v1", retries: 1 }).createConnectorCustomizerVersion({ ...upload, body: await zipFromFile("a.zip") });
  // @ts-expect-error -- auth needs a clientSecret too
  clientFromEnvironment({ auth: { clientId: "a" } });
  const tenant: MockTenant = await startMockTenant({ seed: 2 });
  const path: string = operationTable.getConnectorCustomizer.path;
  await client.createConnectorCustomizerVersion({ ...upload, body: bytes });
  await client.createConnectorCustomizerVersion({ ...upload, body: Buffer.from("a") });
  await client.createConnectorCustomizerVersion({ ...upload, body: new DataView(shared) });
  await client.createConnectorCustomizerVersion({ ...upload, body: await openAsBlob("a.zip") });
  await client.createConnectorCustomizerVersion({ ...upload, body: Readable.toWeb(Readable.from(["a"])) });
  await client.createConnectorCustomizerVersion({ ...upload, body: async () => (await open("a.zip")).readableWebStream() });
  await client.createConnectorCustomizerVersion({ ...upload, body: Readable.from(["a"]) });
}
`,
  "negative.ts": `
import { createClient } from "@isc-customizers/client";

export async function program() {
  const client = createClient({ tenant: "acme", auth: { accessToken: () => "a" } });
  const id = "a";

  // @ts-expect-error -- an id is needed
  client.getConnectorCustomizer();
  // @ts-expect-error -- an id is needed
  client.getConnectorCustomizer({});
  // @ts-expect-error -- an id is a string
  client.getConnectorCustomizer({ id: 7 });
  // @ts-expect-error -- an id may not be undefined
  client.deleteConnectorCustomizer({ id: undefined });
  // @ts-expect-error -- no parameter has this name
  client.listConnectorCustomizers({ limt: 1 });
  // @ts-expect-error -- a limit is a number
  client.listConnectorCustomizers({ limit: "1" });
  // @ts-expect-error -- a body is needed
  client.createConnectorCustomizer({});
  // @ts-expect-error -- a name is a string
  client.createConnectorCustomizer({ body: { name: 7 } });
  // @ts-expect-error -- no property has this name
  client.createConnectorCustomizer({ body: { nam: "x" } });
  // @ts-expect-error -- an upload is bytes, not a path
  client.createConnectorCustomizerVersion({ id, body: "./customizer.zip" });
  // @ts-expect-error -- an upload is not JSON
  client.createConnectorCustomizerVersion({ id, body: { name: "x" } });
  // @ts-expect-error -- a delete returns nothing
  (await client.deleteConnectorCustomizer({ id })).name;
  // @ts-expect-error -- a version may be null
  (await client.createConnectorCustomizerVersion({ id })).version;
  // @ts-expect-error -- only a list can be iterated
  for await (const item of client.getConnectorCustomizer({ id })) item;
  // @ts-expect-error -- no operation has this name
  client.patchConnectorCustomizer({ id });
  // @ts-expect-error -- no option has this name
  client.getConnectorCustomizer({ id }, { retry: 1 });
  // @ts-expect-error -- the API has no such version
  createClient({ tenant: "acme", apiVersion: "v3", auth: { accessToken: "a" } });
  // @ts-expect-error -- auth is needed
  createClient({ tenant: "acme" });
  // @ts-expect-error -- auth takes either credentials or a token
  createClient({ tenant: "acme", auth: { clientId: "a", clientSecret: "b", accessToken: "c" } });
  // @ts-expect-error -- a secret is needed
  createClient({ tenant: "acme", auth: { clientId: "a" } });
  // @ts-expect-error -- no operation has this path
  client.raw.GET("/customizers");
}
`,
};

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer({ skipLibCheck: false, exactOptionalPropertyTypes: true });
  for (const type of ["module", "commonjs"]) {
    await consumer.write(`${type}/package.json`, JSON.stringify({ type }));
    const configuration = { extends: "../tsconfig.json", include: ["*.ts"] };
    await consumer.write(`${type}/tsconfig.json`, JSON.stringify(configuration));
    for (const [name, program] of Object.entries(programs)) await consumer.write(`${type}/${name}`, program);
  }
});
afterAll(() => consumer?.[Symbol.asyncDispose]());

interface Resolution {
  /** The column of docs/support.md. */
  readonly name: string;
  /** The type of the consumer's package. */
  readonly type: "module" | "commonjs";
  readonly options: readonly string[];
  /** Options that a version of the compiler needs too; `undefined` if it has this module resolution no more. */
  readonly optionsOf?: (version: string) => readonly string[] | undefined;
}

const resolutions: readonly Resolution[] = [
  { name: "bundler", type: "module", options: ["--module", "esnext", "--moduleResolution", "bundler"] },
  { name: "nodenext", type: "module", options: ["--module", "nodenext", "--moduleResolution", "nodenext"] },
  {
    name: "node16 (ESM)",
    type: "module",
    options: ["--module", "node16", "--moduleResolution", "node16"],
  },
  {
    name: "node16 (CommonJS)",
    type: "commonjs",
    options: ["--module", "node16", "--moduleResolution", "node16"],
  },
  {
    name: "node10",
    type: "commonjs",
    options: ["--module", "commonjs", "--moduleResolution", "node10"],
    optionsOf: (version) => {
      const major = Number.parseInt(version);
      if (major >= 7) return undefined;
      return major === 6 ? ["--ignoreDeprecations", "6.0"] : [];
    },
  },
];

describe.for(compilers)(
  "the packed types compile for a consumer, and reject invalid calls: $name",
  ({ name, version, tsc }) => {
    const cells: Record<string, string> = {};

    test.for(resolutions)("$name", async (resolution) => {
      const { name: column, type, options, optionsOf = () => [] } = resolution;
      const others = optionsOf(version);
      // Checks the declarations of Node and of the packages, but not the compiler's own libraries.
      const common = ["-p", join(consumer.folder, type), "--skipDefaultLibCheck", ...options];
      const compile = () =>
        run(process.execPath, [tsc, ...common, ...(others ?? [])], { cwd: consumer.folder });
      const { code, stdout } = await compile();
      if (others === undefined) return expect(stdout).toContain("TS5108");
      expect(stdout).toBe("");
      expect(code).toBe(0);
      cells[column] = "yes";
    });

    test("docs/support.md shows the results", () => expectRow({ name, version, cells }));
  },
);

test("a negative case that compiles is reported", async () => {
  await consumer.write(
    "unused.ts",
    "// @ts-expect-error -- nothing is wrong here\nexport const one: number = 1;\n",
  );
  const { code, stdout } = await consumer.compile();
  expect(code).not.toBe(0);
  expect(stdout).toContain("TS2578");
  await consumer.write("unused.ts", "export {};\n");
});

describe("the cost of the types for a consumer", () => {
  const program = `
import { createClient } from "@isc-customizers/client";
const client = createClient({ tenant: "acme", auth: { clientId: "a", clientSecret: "b" } });
const { id } = await client.createConnectorCustomizer({ body: { name: "x" } });
await client.createConnectorCustomizerVersion({ id, body: new Blob([]) });
await client.getConnectorCustomizer({ id });
await client.putConnectorCustomizer({ id, body: { name: "y" } });
await client.listConnectorCustomizers({ limit: 50 });
for await (const item of client.listConnectorCustomizers()) item.id;
await client.deleteConnectorCustomizer({ id });
`;

  test("is at most 100 instantiations for six methods, and over ten times as much with one `raw` call", async () => {
    await using lone = await createConsumer({ skipLibCheck: true });
    await lone.write("program.ts", program);
    const methods = instantiations(await lone.compile("--extendedDiagnostics"));
    await lone.write(
      "program.ts",
      `${program}\nawait client.raw.GET("/connector-customizers/{id}", { params: { path: { id } } });\n`,
    );
    const raw = instantiations(await lone.compile("--extendedDiagnostics"));
    expect(methods).toBeGreaterThan(0);
    expect(methods).toBeLessThanOrEqual(100);
    // A lower bound, so that a broken measurement does not pass as a low cost.
    expect(raw).toBeGreaterThan(10 * methods);
  });

  test("is the same for an API with 10 operations and one with 1,000", async () => {
    const costs = [];
    for (const operations of [10, 1000]) costs.push(await costAmong(operations));
    expect(costs[0]).toBeGreaterThan(0);
    expect(costs[1]).toBe(costs[0]);
  });
});

/** The type instantiations that one call costs, in an API of so many operations. */
async function costAmong(operations: number): Promise<number> {
  await using folder = await temporaryFolder();
  const paths = Array.from({ length: operations }, (_, n) => [
    `/things${n}/{id}`,
    {
      get: {
        operationId: `getThing${n}`,
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: {
          200: {
            description: "It.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
          },
        },
      },
    },
  ]);
  const schemas = { Thing: { type: "object", properties: { name: { type: "string" } } } };
  const spec = {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    paths: Object.fromEntries(paths),
    components: { schemas },
  };
  await writeFile(join(folder.path, "things.json"), JSON.stringify(spec));
  const generate = join(root, "scripts/src/commands/generate.js");
  const out = join(folder.path, "out");
  await output(process.execPath, [generate, "--spec", join(folder.path, "things.json"), "--out", out], {
    cwd: root,
  });
  const program =
    'import type { Methods } from "./methods.ts";\ndeclare const things: Methods;\nexport const { name } = await things.getThing7({ id: "a" });\n';
  await writeFile(join(out, "program.ts"), program);
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: "nodenext",
    target: "es2022",
    types: [],
    allowImportingTsExtensions: true,
  };
  await writeFile(
    join(out, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, files: ["program.ts"] }),
  );
  return instantiations(await run(process.execPath, [tsc, "-p", out, "--extendedDiagnostics"], { cwd: out }));
}

function instantiations({ code, stdout }: { readonly code: number | null; readonly stdout: string }): number {
  expect(code, stdout).toBe(0);
  return Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1]);
}
