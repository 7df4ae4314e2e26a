import {
  AbortError,
  ApiError,
  ConfigurationError,
  createClient,
  IscError,
  NotFoundError,
  ResponseParseError,
  TimeoutError,
} from "@isc-customizers/client";

/**
 * Checks the client on one runtime. The program imports only the package, so it runs wherever JavaScript modules run.
 *
 * @typedef {object} Input
 * @property {{ baseUrl: string, clientId: string, clientSecret: string }} tenant
 * @property {string} zip a base64-encoded zip
 *
 * @param {Input} input
 * @param {(fault: object) => Promise<unknown>} addFault adds a fault to the mock tenant
 * @returns {Promise<Record<string, string>>} `passed` or the error, by check name
 */
export async function conformance({ tenant, zip }, addFault = addFaultTo(tenant.baseUrl)) {
  const bytes = Uint8Array.from(atob(zip), (character) => character.charCodeAt(0));
  const outcomes = {};
  for (const [name, check] of Object.entries(checks)) {
    const log = [];
    const write = (line) => void log.push(line);
    const { baseUrl, ...auth } = tenant;
    const logger = { error: write, warn: write, info: write, debug: write };
    const client = createClient({ baseUrl, auth, logger, logLevel: "info" });
    // oxlint-disable-next-line no-await-in-loop -- a fault must not affect another check
    outcomes[name] = await check({ client, bytes, log, addFault, baseUrl }).then(
      () => "passed",
      (error) => `${error?.stack ?? error}\n${log.join("\n")}`,
    );
  }
  return outcomes;
}

const checks = {
  async "operations: creates, gets, replaces and deletes a customizer"({ client }) {
    const { id, name } = await client.createConnectorCustomizer({ body: { name: "Grüße 😀" } });
    equal(name, "Grüße 😀");
    await client.putConnectorCustomizer({ id, body: { name: "Renamed" } });
    equal((await client.getConnectorCustomizer({ id })).name, "Renamed");
    equal(await client.deleteConnectorCustomizer({ id }), undefined);
    ok(
      (await failure(client.getConnectorCustomizer({ id }))) instanceof NotFoundError,
      "the customizer is deleted",
    );
  },

  async "operations: returns the response with withResponse and asResponse"({ client }) {
    const call = client.createConnectorCustomizer({ body: { name: "x" } });
    const { data, response } = await call.withResponse();
    equal(response.status, 201);
    ok(response.headers.get("content-type").startsWith("application/json"), "the response has headers");
    const unread = await client.getConnectorCustomizer({ id: data.id }).asResponse();
    equal((await unread.json()).id, data.id);
    equal((await client.getConnectorCustomizer({ id: "nothing" }).asResponse()).status, 404);
  },

  async "operations: calls a path with raw"({ client }) {
    const { id } = await client.createConnectorCustomizer({ body: { name: "raw" } });
    const path = "/connector-customizers/{id}";
    const found = await client.raw.GET(path, { params: { path: { id } } });
    equal(found.data.name, "raw");
    const lost = await client.raw.GET(path, { params: { path: { id: "nothing" } } });
    equal([lost.data, lost.response.status, lost.error.detailCode], [undefined, 404, "404 Not found"]);
  },

  async "lists: returns one page"({ client }) {
    for (let n = 0; n < 3; n++) await client.createConnectorCustomizer({ body: { name: `listed ${n}` } });
    equal((await client.listConnectorCustomizers({ limit: 2, offset: 1 })).length, 2);
  },

  async "lists: returns all items"({ client }) {
    const all = await client.listConnectorCustomizers({ limit: 2 }).all();
    equal(all, await client.listConnectorCustomizers({ limit: 250 }));
    equal(await client.listConnectorCustomizers({ limit: 2 }).all({ max: 3 }), all.slice(0, 3));
  },

  async "lists: iterates over the items"({ client }) {
    const items = [];
    for await (const item of client.listConnectorCustomizers({ limit: 2 })) items.push(item);
    equal(items, await client.listConnectorCustomizers({ limit: 250 }));
    for await (const item of client.listConnectorCustomizers({ limit: 1 })) {
      equal(item, items[0]);
      break;
    }
  },

  async "lists: iterates over the pages with lookAhead"({ client }) {
    const items = [];
    const pages = client.listConnectorCustomizers({ limit: 2 }).pages({ lookAhead: true });
    for await (const page of pages) items.push(...page);
    equal(items, await client.listConnectorCustomizers({ limit: 250 }));
  },

  async "uploads: sends bytes"({ client, bytes }) {
    await upload(client, bytes);
  },

  async "uploads: sends a Blob"({ client, bytes }) {
    await upload(client, new Blob([bytes]));
  },

  async "uploads: sends a stream"({ client, bytes }) {
    await upload(client, new Blob([bytes]).stream());
  },

  async "uploads: sends an async iterable"({ client, bytes }) {
    await upload(client, pieces(bytes));
  },

  async "uploads: calls a body function again after a 429"({ client, bytes, log, addFault }) {
    // The service did not process a rate-limited request, so the client may repeat even a POST.
    await addFault({
      kind: "status",
      status: 429,
      retryAfter: 0,
      match: { operationId: "createConnectorCustomizerVersion" },
    });
    let opened = 0;
    await upload(client, () => {
      opened++;
      return pieces(bytes);
    });
    equal(opened, 2);
    equal(statuses(log).slice(-2), [429, 200]);
  },

  async "uploads: reports progress"({ client, bytes }) {
    const reports = [];
    await upload(client, new Blob([bytes]), { onUploadProgress: (progress) => reports.push(progress) });
    equal(reports[0], { sent: 0, total: bytes.length, attempt: 1 });
    equal(reports.at(-1), { sent: bytes.length, total: bytes.length, attempt: 1 });
    ok(
      reports.every(({ sent }, n) => n === 0 || sent >= reports[n - 1].sent),
      "the progress never decreases",
    );
  },

  async "uploads: rejects a body that is not a zip, without sending it"({ client }) {
    const error = await failure(
      client.createConnectorCustomizerVersion({ id: "unsent", body: new Blob(["no zip"]) }),
    );
    ok(error instanceof ConfigurationError && /not a zip/.test(error.message), String(error));
  },

  async "errors: throws a NotFoundError with its fields on 404"({ client, baseUrl }) {
    const error = await failure(client.getConnectorCustomizer({ id: "no such" }));
    for (const kind of [NotFoundError, ApiError, IscError, Error]) ok(error instanceof kind, kind.name);
    ok(!(error instanceof ResponseParseError), "the error is not a ResponseParseError");
    const { name, status, detailCode, operationId, method, url, attempts } = error;
    equal(
      { name, status, detailCode, operationId, method, url, attempts },
      {
        name: "NotFoundError",
        status: 404,
        detailCode: "404 Not found",
        operationId: "getConnectorCustomizer",
        method: "GET",
        url: `${baseUrl}/v2024/connector-customizers/no%20such`,
        attempts: 1,
      },
    );
    ok(/^[0-9a-f]{32}$/.test(error.trackingId), "the error has a tracking id");
    equal(error.messages[0].locale, "en-US");
    equal(error.body.trackingId, error.trackingId);
    ok(error.headers.get("content-type").startsWith("application/json"), "the error has headers");
    equal(JSON.parse(JSON.stringify(error)).status, 404);
  },

  async "errors: throws a ResponseParseError on a malformed body"({ client, addFault }) {
    for (const fault of [{ kind: "malformed-json" }, { kind: "html", status: 200 }]) {
      await addFault({ ...fault, match: { operationId: "listConnectorCustomizers" } });
      const error = await failure(client.listConnectorCustomizers());
      ok(error instanceof ResponseParseError, String(error));
      equal(error.status, 200);
      ok(error.bodyStart.length > 0, "the error shows the start of the body");
    }
  },

  async "retries: retries a 429 after the delay in Retry-After"({ client, log, addFault }) {
    await addFault({ kind: "status", status: 429, retryAfter: 1 });
    const start = performance.now();
    ok(Array.isArray(await client.listConnectorCustomizers()), "the list is an array");
    // A timer may fire slightly early.
    ok(performance.now() - start > 950, "the client waited for a second");
    equal(statuses(log), [429, 200]);
  },

  async "retries: retries a GET on 503"({ client, log, addFault }) {
    await addFault({ kind: "status", status: 503, times: 2 });
    ok(Array.isArray(await client.listConnectorCustomizers()), "the list is an array");
    equal(statuses(log), [503, 503, 200]);
  },

  async "retries: retries a GET after a dropped connection"({ client, log, addFault }) {
    await addFault({ kind: "drop", when: "before", match: { operationId: "listConnectorCustomizers" } });
    ok(Array.isArray(await client.listConnectorCustomizers()), "the list is an array");
    equal(statuses(log).at(-1), 200);
  },

  async "retries: fetches a new token after a 401"({ client, log, addFault }) {
    await client.listConnectorCustomizers();
    await addFault({ kind: "expired-tokens" });
    ok(Array.isArray(await client.listConnectorCustomizers()), "the list is an array");
    equal(statuses(log), [200, 401, 200]);
  },

  async "time: throws an AbortError when the signal aborts"({ client, addFault }) {
    const controller = new AbortController();
    await addFault({ kind: "delay", milliseconds: 600_000, match: { path: "*/abort" } });
    setTimeout(() => controller.abort(new Error("enough")), 100);
    const error = await failure(
      client.getConnectorCustomizer({ id: "abort" }, { signal: controller.signal }),
    );
    ok(error instanceof AbortError, String(error));
    equal(error.cause.message, "enough");
  },

  async "time: limits an attempt and a call"({ client, addFault }) {
    // Caches a token first, so that the time-out hits the operation and not the token request.
    await client.listConnectorCustomizers();
    for (const options of [{ timeout: 100, retries: 0 }, { totalTimeout: 100 }]) {
      await addFault({ kind: "delay", milliseconds: 600_000, match: { path: "*/timeout" } });
      const error = await failure(client.getConnectorCustomizer({ id: "timeout" }, options));
      ok(error instanceof TimeoutError, String(error));
    }
  },

  async "time: limits the reading of a body"({ client, addFault }) {
    await client.listConnectorCustomizers();
    await addFault({
      kind: "slow-body",
      milliseconds: 600_000,
      match: { operationId: "listConnectorCustomizers" },
    });
    const error = await failure(client.listConnectorCustomizers({}, { timeout: 500, retries: 0 }));
    ok(error instanceof TimeoutError, String(error));
  },
};

export const checkNames = Object.keys(checks);

async function upload(client, body, options) {
  const { id } = await client.createConnectorCustomizer({ body: { name: "uploaded" } });
  const { version } = await client.createConnectorCustomizerVersion({ id, body }, options);
  equal(version, 1);
}

async function* pieces(bytes) {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
}

/** Returns the statuses in the log, in order, except those of the token endpoint. */
function statuses(log) {
  return log.flatMap((line) => / \/(?!oauth)\S+ -> (\d{3}) in /.exec(line)?.slice(1).map(Number) ?? []);
}

async function failure(call) {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("The call did not fail.");
}

function ok(condition, expectation) {
  if (!condition) throw new Error(`Expected: ${expectation}`);
}

function equal(actual, expected) {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`Expected ${wanted}; got ${got}.`);
}

function addFaultTo(baseUrl) {
  return async (fault) => {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`${baseUrl}/_mock/faults`, {
      method: "POST",
      headers,
      body: JSON.stringify(fault),
    });
    equal(response.status, 201);
  };
}
