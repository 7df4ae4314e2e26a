import { describe, expect, test, vi } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { ConfigurationError, createClient, type ClientOptions, IscError } from "../../src/index.ts";
import { createLog, type LogFields, type Logger } from "../../src/runtime/logger.ts";
import { EagerClock } from "../support/clock.ts";
import { answers, keepLines, startServer, unusedUrl } from "../support/server.ts";

const levels = ["error", "warn", "info", "debug"] as const;

function clientOn(url: string, options: Partial<ClientOptions>) {
  return createClientWithClock({ baseUrl: url, auth: { accessToken: "t" }, ...options }, new EagerClock());
}

const attempt =
  /^info isc-customizers: GET \/v2024\/connector-customizers -> (\d+) in \d+ ms \(attempt (\d)\)$/;

/** Creates a logger that keeps the arguments of its calls. */
function keepCalls() {
  const calls: [level: string, message: string, fields: LogFields][] = [];
  const method = (level: string) => (message: string, fields: LogFields) =>
    void calls.push([level, message, fields]);
  const logger: Logger = {
    error: method("error"),
    warn: method("warn"),
    info: method("info"),
    debug: method("debug"),
  };
  return { calls, logger };
}

describe("createLog", () => {
  test.each([
    ["off", []],
    ["error", ["error"]],
    ["warn", ["error", "warn"]],
    [undefined, ["error", "warn"]],
    ["info", ["error", "warn", "info"]],
    ["debug", ["error", "warn", "info", "debug"]],
  ] as const)("with the level %s writes lines of the levels %j", (logLevel, expected) => {
    const { calls, logger } = keepCalls();
    const log = createLog(logger, logLevel);
    for (const level of levels) log(level, () => "x");
    expect(calls.map(([level]) => level)).toEqual(expected);
  });

  test("passes the message and the fields that are known", () => {
    const { calls, logger } = keepCalls();
    const log = createLog(logger, "info");
    log(
      "info",
      () => "one",
      () => ({ operationId: "getThing", status: undefined, attempt: 2, durationMs: 0 }),
    );
    log("info", () => "two");
    expect(calls).toStrictEqual([
      ["info", "isc-customizers: one", { operationId: "getThing", attempt: 2, durationMs: 0 }],
      ["info", "isc-customizers: two", {}],
    ]);
  });

  test("does not create the message and the fields of a level that is not logged", () => {
    const unexpected = () => expect.fail("It was called.");
    createLog(keepCalls().logger, "warn")("info", unexpected, unexpected);
  });

  test.each([["undefined", undefined] as const, ["`console`", console] as const])(
    "writes lines without fields when the logger is %s",
    (_, logger) => {
      const info = vi.spyOn(console, "info").mockImplementation(() => {});
      createLog(logger, "info")(
        "info",
        () => "one",
        () => ({ attempt: 2 }),
      );
      expect(info.mock.calls).toEqual([["isc-customizers: one"]]);
    },
  );

  test("works with pino, which takes the fields first", () => {
    const calls: unknown[] = [];
    const pino = { info: (fields: object, message: string) => void calls.push([fields, message]) };
    const info = (message: string, fields: LogFields) => pino.info(fields, message);
    createLog({ error: info, warn: info, info, debug: info }, "info")(
      "info",
      () => "one",
      () => ({ attempt: 2 }),
    );
    expect(calls).toEqual([[{ attempt: 2 }, "isc-customizers: one"]]);
  });

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("disk full");
      },
    ],
    ["returns a rejected promise", () => Promise.reject(new Error("disk full"))],
  ])("ignores the error of a logger that %s", async (_, method) => {
    const rejections: unknown[] = [];
    const onRejection = (reason: unknown) => void rejections.push(reason);
    process.on("unhandledRejection", onRejection);
    createLog({ error: method, warn: method, info: method, debug: method }, "info")("info", () => "one");
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", onRejection);
    expect(rejections).toEqual([]);
  });

  test("refuses an unknown level", () => {
    expect(() => createLog(undefined, "verbose" as never)).toThrow(
      new ConfigurationError("`logLevel` must be one of off, error, warn, info, debug; got verbose."),
    );
  });
});

describe("the log of a client", () => {
  test.each(["info", "debug"] as const)("on `%s` has a line for each attempt", async (logLevel) => {
    await using server = await answers([503], [429, { "Retry-After": "1" }], [200]);
    const { lines, logger } = keepLines();
    await clientOn(server.url, { logger, logLevel }).listConnectorCustomizers();
    const attempts = lines
      .flatMap((line) => [attempt.exec(line)?.slice(1) ?? []])
      .filter(({ length }) => length);
    expect(attempts).toEqual([
      ["503", "1"],
      ["429", "2"],
      ["200", "3"],
    ]);
    expect(lines.filter((line) => line.includes("next attempt in"))).toHaveLength(2);
    expect(lines.some((line) => line.includes("next attempt in 1000 ms"))).toBe(true);
  });

  test.each([
    ["an error", 404, "{}"],
    ["a body that is not JSON", 200, "<"],
  ])("has one line for %s", async (_, status, body) => {
    await using server = await startServer((_request, response) => response.writeHead(status).end(body));
    const { lines, logger } = keepLines();
    const call = clientOn(server.url, { logger, logLevel: "info" }).listConnectorCustomizers();
    await expect(call).rejects.toBeInstanceOf(IscError);
    const line = new RegExp(`GET /v2024/connector-customizers -> ${status} in \\d+ ms \\(attempt 1\\)$`);
    expect(lines).toEqual([expect.stringMatching(line)]);
  });

  test("has the headers of a request and a response on `debug`, without secrets", async () => {
    await using server = await answers([200, { "Set-Cookie": "session=s3cr3t", "X-Own": "1" }]);
    const { lines, logger } = keepLines();
    await clientOn(server.url, {
      logger,
      logLevel: "debug",
      headers: { "X-Team": "a" },
    }).listConnectorCustomizers();
    expect(lines.filter((line) => line.startsWith("debug"))).toEqual([
      expect.stringMatching(/request headers .*"x-team":"a"/),
      expect.stringMatching(/response headers .*"x-own":"1"/),
    ]);
    expect(lines.join()).not.toMatch(/s3cr3t|Bearer/);
  });

  test("passes fields with each line", async () => {
    await using server = await startServer((_request, response) =>
      response.writeHead(404).end('{"trackingId":"t-1","messages":[]}'),
    );
    const seen: LogFields[] = [];
    const info = (_: string, fields: LogFields) => void seen.push(fields);
    const logger = { error: info, warn: info, info, debug: info };
    const client = clientOn(server.url, { logger, logLevel: "info" });
    await client.getConnectorCustomizer({ id: "a" }).catch(() => {});
    expect(seen).toEqual([
      {
        operationId: "getConnectorCustomizer",
        method: "GET",
        url: `${server.url}/v2024/connector-customizers/a`,
        status: 404,
        attempt: 1,
        durationMs: expect.any(Number),
        trackingId: "t-1",
      },
    ]);
  });

  test("passes fields with the line about the next attempt", async () => {
    await using server = await answers([503], [200]);
    const seen: [string, LogFields][] = [];
    const info = (message: string, fields: LogFields) => void seen.push([message, fields]);
    const logger = { error: info, warn: info, info, debug: info };
    await clientOn(server.url, { logger, logLevel: "info" }).listConnectorCustomizers();
    const [, fields] = seen.find(([message]) => message.includes("next attempt")) ?? [];
    expect(fields).toEqual({
      operationId: "listConnectorCustomizers",
      method: "GET",
      url: `${server.url}/v2024/connector-customizers`,
    });
  });

  test("has a line for each attempt without a response", async () => {
    const { lines, logger } = keepLines();
    await clientOn(unusedUrl, { logger, logLevel: "info" })
      .listConnectorCustomizers()
      .catch(() => {});
    const failures = lines.filter((line) => /ConnectionError: .*ECONNREFUSED.* \(attempt \d\)$/.test(line));
    expect(failures).toHaveLength(3);
  });

  test.each(["off", "error", "warn"] as const)("on `%s` has no lines for attempts", async (logLevel) => {
    await using server = await answers([503], [200]);
    const { lines, logger } = keepLines();
    await clientOn(server.url, { logger, logLevel }).listConnectorCustomizers();
    expect(lines).toEqual([]);
  });

  test("goes to the console at `warn` by default", async () => {
    await using server = await answers([200, { "X-Deprecated": "true" }]);
    const spies = levels.map((level) => vi.spyOn(console, level).mockImplementation(() => {}));
    try {
      await createClient({ baseUrl: server.url, auth: { accessToken: "t" } }).listConnectorCustomizers();
      const [error, warn, info, debug] = spies.map(({ mock }) => mock.calls);
      expect([error, info, debug]).toEqual([[], [], []]);
      expect(warn).toEqual([["isc-customizers: listConnectorCustomizers is deprecated."]]);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });
});
