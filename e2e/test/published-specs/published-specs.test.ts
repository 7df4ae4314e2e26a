import { once } from "node:events";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, expect, test } from "vitest";
import { output, run } from "../support/command.ts";
import { publishedSpecs, type PublishedSpec } from "./published-specs.ts";
import { root, tsc } from "../support/repository.ts";
import { reportPage, reportSpecs } from "./spec-report.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const specs = join(root, "e2e/specs");
const node = process.execPath;

beforeAll(async () => {
  await output("pnpm", ["install", "--frozen-lockfile", "--prefer-offline", "--ignore-scripts"], {
    cwd: specs,
  });
}, 600_000);

test.each(publishedSpecs)(
  "$name: the output compiles in strict mode, a method calls a server, and diagnostics are reported",
  async (spec) => {
    await using folder = await temporaryFolder();
    const out = join(folder.path, "compiled/out");
    const file = join(specs, "node_modules", spec.file);
    const report = await output(
      node,
      [join(root, "scripts/src/commands/generate.js"), "--spec", file, "--out", out],
      {
        cwd: folder.path,
      },
    );
    expect(report).toContain("wrote compiled/out/methods.ts\n");

    const { diagnostics } = JSON.parse(await readFile(join(out, "report.json"), "utf8")) as {
      diagnostics: { severity: string; pointer?: string; message: string }[];
    };
    const pointers = diagnostics.map(({ pointer = "" }) => pointer);
    // Published specs have many examples that do not fit their schemas.
    const warnings = diagnostics.filter(
      ({ severity, message }) => severity === "warning" && message !== "The example does not fit its schema.",
    );
    const unknown = warnings.filter(
      ({ pointer = "" }) => !spec.diagnostics.some((known) => matches(known, pointer)),
    );
    expect(unknown).toEqual([]);
    for (const known of spec.diagnostics)
      expect(pointers.some((pointer) => matches(known, pointer))).toBe(true);

    await writeProgram(folder.path, spec);
    expect(await run(node, [tsc, "-p", join(folder.path, "compiled")], { cwd: folder.path })).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });

    await using server = await startServer(spec.answer);
    const result = JSON.parse(
      await output(node, [join(folder.path, "run.ts"), server.url], { cwd: folder.path }),
    ) as { count: number; returns: unknown };
    // The order of query parameters has no meaning.
    expect(server.received.map(withSortedQuery)).toEqual([
      {
        ...withSortedQuery(spec.sends),
        headers: expect.objectContaining({ authorization: "Bearer token", ...spec.headers }),
      },
    ]);
    expect(result.returns).toEqual(spec.returns);
    expect(result.count).toBeGreaterThanOrEqual(spec.least);
  },
  600_000,
);

test("at least 100 published specs generate, compile, and have the results of the table", async () => {
  await using folder = await temporaryFolder();
  const results = await reportSpecs(join(specs, "node_modules"), folder.path);
  expect(results.length).toBeGreaterThanOrEqual(100);
  expect(results.filter(({ crashed }) => crashed)).toEqual([]);
  expect(results.filter(({ compiles }) => compiles).length).toBeGreaterThanOrEqual(results.length * 0.99);
  await expect(reportPage(results)).toMatchFileSnapshot(join(root, "e2e/published-specs.md"));
}, 600_000);

function matches(known: string | RegExp, pointer: string): boolean {
  return typeof known === "string" ? known === pointer : known.test(pointer);
}

/**
 * Writes a caller that is compiled with the output, and a program that runs it. The program builds a client from this project's
 * methods and transport, with the generated operation table in place of its own.
 */
async function writeProgram(folder: string, { types, call }: PublishedSpec): Promise<void> {
  const compiled = join(folder, "compiled");
  const imported = ["Methods", ...(types === undefined ? [] : [types])].join(", ");
  await writeFile(
    join(compiled, "caller.ts"),
    `import type { ${imported} } from "./out/index.ts";\nexport async function call(client: Methods): Promise<unknown> {\n${call}\n}\n`,
  );
  await writeFile(join(compiled, "package.json"), '{ "type": "module" }');
  const compilerOptions = {
    noEmit: true,
    composite: false,
    noUnusedLocals: true,
    lib: ["es2022", "dom", "dom.iterable"],
    types: [],
  };
  const configuration = { extends: join(root, "tsconfig.base.json"), compilerOptions, include: ["."] };
  await writeFile(join(compiled, "tsconfig.json"), JSON.stringify(configuration));

  await cp(join(root, "packages/client/src"), join(folder, "client"), { recursive: true });
  const scope = join(folder, "node_modules/@isc-customizers");
  await mkdir(scope, { recursive: true });
  await symlink(join(compiled, "out"), join(scope, "types"), "junction");
  const openapiFetch = join(root, "packages/client/node_modules/openapi-fetch");
  await symlink(openapiFetch, join(folder, "node_modules/openapi-fetch"), "junction");
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "run.ts"), program);
}

const program = `
import { createMethods } from "./client/methods/create-methods.ts";
import { OpenapiClient } from "./client/openapi/openapi-client.ts";
import { systemClock } from "./client/runtime/clock.ts";
import { defaultLimits } from "./client/transport/request-limits.ts";
import { createTransport } from "./client/transport/transport.ts";
import { call } from "./compiled/caller.ts";

const clock = systemClock;
const transport = createTransport({
  fetch,
  tokens: { get: async () => "token", invalidate: () => false },
  maxRetryAfter: 0,
  clock,
  log: () => {},
});
const openapi = new OpenapiClient({ baseUrl: process.argv[2], apiVersion: "", headers: {}, clock, transport });
const client = createMethods({ client: openapi, limits: defaultLimits });
console.log(JSON.stringify({ count: Object.keys(client).length, returns: await call(client) }));
`;

/** Sorts the query parameters of a request by name. */
function withSortedQuery<T extends { readonly url: string | undefined }>(request: T): T {
  const [path, query] = (request.url ?? "").split("?");
  return query === undefined
    ? request
    : { ...request, url: `${path}?${query.split("&").toSorted().join("&")}` };
}

interface ReceivedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: object;
  readonly body?: unknown;
}

async function startServer(
  answer: unknown,
): Promise<AsyncDisposable & { url: string; received: ReceivedRequest[] }> {
  const received: ReceivedRequest[] = [];
  const record = async (request: IncomingMessage) => {
    const { method, headers, url } = request;
    const body = await text(request);
    received.push({ method, url, headers, ...(body !== "" && { body: JSON.parse(body) as unknown }) });
  };
  const server = createServer((request, response) => {
    void record(request).then(() => {
      if (answer === undefined) response.writeHead(204).end();
      else response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
