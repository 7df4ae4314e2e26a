import { spawnSync } from "node:child_process";
import { createServer, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { createClient, TimeoutError, type UploadProgress } from "../../src/index.ts";
import { answering, clientOf, listen, startServer, tokenServer } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const zip = new Uint8Array([0x50, 0x4b, 3, 4, 0]);

/** A server that answers a request as soon as its head has arrived, while the body is still being sent. */
async function answeringEarly(answer: (response: ServerResponse, request: number) => void) {
  let requests = 0;
  const server = createServer((request, response) => {
    request.on("error", () => {}).resume();
    answer(response, requests++);
  });
  return await listen(server);
}

/** A Node stream that starts like a zip and then stalls. */
function stalledReadable(): Readable {
  const stream = new Readable({ read() {} });
  stream.push(zip);
  return stream;
}

describe("the source of an upload", () => {
  test.each([401, 429, 503])(
    "is closed after an early %i, before the next attempt opens its own",
    async (status) => {
      let answered = 0;
      await using server = await answeringEarly((response, request) => {
        const isEarly = request === 0;
        const end = () =>
          response.writeHead(isEarly ? status : 201, { "Retry-After": "0" }).end('{"version":1}');
        if (isEarly) end();
        else setTimeout(end, 50);
        answered++;
      });
      const events: string[] = [];
      let opened = 0;
      async function* pieces() {
        const number = ++opened;
        events.push(`open ${number}`);
        try {
          for (let n = 0; number === 1 || n < 3; n++) {
            yield zip;
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        } finally {
          events.push(`end ${number}`);
        }
      }
      const progress: UploadProgress[] = [];
      const client = createClient({
        baseUrl: server.url,
        auth: { accessToken: () => `token-number-${opened}` },
      });
      const call = client.createConnectorCustomizerVersion(
        { id, body: () => pieces() },
        { onUploadProgress: (report) => progress.push(report) },
      );
      // A POST is not sent again after a 503.
      if (status === 503) await expect(call).rejects.toMatchObject({ status });
      else await call;
      await vi.waitUntil(() => events.includes("end 1"), { timeout: 60_000 });
      expect(events.slice(0, 3)).toEqual(["open 1", "end 1", ...(status === 503 ? [] : ["open 2"])]);
      expect(answered).toBe(status === 503 ? 1 : 2);
      const attempts = progress.map(({ attempt }) => attempt);
      expect(attempts).toEqual(attempts.toSorted((a, b) => a - b));
      for (const [at, { sent, attempt }] of progress.entries())
        if (progress[at - 1]?.attempt === attempt)
          expect(sent).toBeGreaterThanOrEqual(progress[at - 1]?.sent ?? 0);
    },
  );

  test("that is a stalled Readable is destroyed after a time-out", async () => {
    await using server = await answeringEarly(() => {});
    const body = stalledReadable();
    const client = clientOf(server, { timeout: 100 });
    await expect(client.createConnectorCustomizerVersion({ id, body })).rejects.toThrow(TimeoutError);
    expect(body.destroyed).toBe(true);
  });

  test.each(["while it is sent", "while the answer is read"])(
    "that is a stalled Readable is destroyed when the caller aborts %s",
    async (when) => {
      const controller = new AbortController();
      await using server = await answeringEarly((response) => {
        if (when === "while it is sent") controller.abort();
        else response.writeHead(200).write("{", () => setTimeout(() => controller.abort(), 20));
      });
      const body = stalledReadable();
      const call = clientOf(server).createConnectorCustomizerVersion(
        { id, body },
        { signal: controller.signal },
      );
      await expect(call).rejects.toThrow("aborted");
      await vi.waitUntil(() => body.destroyed, { timeout: 60_000 });
    },
  );
});

describe("an early answer with an endless body", () => {
  const endless = (status: number) =>
    answeringEarly((response) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      const chunk = Buffer.alloc(65_536, " ");
      const write = () => {
        if (!response.destroyed) response.write(chunk, () => setImmediate(write));
      };
      write();
    });
  async function* endlessZip() {
    for (;;) {
      yield zip;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  test("is read to 1 MiB if it is an error", async () => {
    await using server = await endless(413);
    const call = clientOf(server).createConnectorCustomizerVersion({ id, body: endlessZip() });
    await expect(call).rejects.toMatchObject({ status: 413 });
  });

  test("ends with `timeout` if it is a success, although the upload goes on", async () => {
    await using server = await endless(201);
    const call = clientOf(server, { timeout: 300 }).createConnectorCustomizerVersion({
      id,
      body: endlessZip(),
    });
    await expect(call).rejects.toThrow(TimeoutError);
  });
});

describe("a `fetch` that caches, such as that of Next.js 14", () => {
  /** Answers a request from a cache that all clients share, unless the request says `no-store`. */
  function cachingFetch() {
    const cached = new Map<string, Response>();
    return async (url: string, init: RequestInit) => {
      if (init.cache === "no-store") return await fetch(url, init);
      const key = `${init.method} ${url}`;
      const response = cached.get(key) ?? (await fetch(url, init));
      cached.set(key, response);
      return response.clone();
    };
  }

  test("caches no token and no response", async () => {
    await using server = await tokenServer(3600);
    const shared = cachingFetch();
    for (const clientId of ["first", "second"]) {
      const auth = { clientId, clientSecret: "s3cr3t-of-the-test" };
      const client = createClient({ baseUrl: server.url, auth, fetch: shared });
      await client.listConnectorCustomizers();
      await client.listConnectorCustomizers();
    }
    expect(server.requests).toHaveLength(6);
    const tokens = server.requests.map(({ headers }) => headers.authorization).filter(Boolean);
    expect(new Set(tokens)).toEqual(new Set(["Bearer token-1", "Bearer token-2"]));
  });
});

test("a GET works where the runtime has no ReadableStream", () => {
  const client = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
  const program = `
    import { createClient } from ${JSON.stringify(client)};
    const headers = new Headers({ "content-type": "application/json" });
    delete globalThis.ReadableStream;
    const fetch = async () => ({ ok: true, status: 200, headers, text: async () => '{"id":"1"}' });
    const client = createClient({ tenant: "acme", auth: { accessToken: "abcdefgh" }, fetch });
    console.log(JSON.stringify(await client.getConnectorCustomizer({ id: "1" })));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({ id: "1" });
});

test("a custom `fetch` that ignores its signal is limited by time too", async () => {
  await using server = await answering(200, "[]");
  const client = clientOf(server, { timeout: 50, fetch: () => new Promise(() => {}) });
  await expect(client.listConnectorCustomizers()).rejects.toThrow(TimeoutError);
});

test("no redirect is followed with a token", async () => {
  await using elsewhere = await answering(200, "[]");
  await using server = await startServer((_, response) =>
    response.writeHead(307, { Location: elsewhere.url }).end(),
  );
  await expect(clientOf(server).listConnectorCustomizers()).rejects.toMatchObject({ status: 307 });
  expect(elsewhere.requests).toEqual([]);
});
