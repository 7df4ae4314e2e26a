import { once } from "node:events";
import { access, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { UsageError, parseCommandLine } from "../src/command-line.ts";
import { run, serve } from "./command.ts";
import { json, zip } from "./tenant.ts";

const COLLECTION = "/v2024/connector-customizers";
const HOUR = 3_600_000;
const PATIENCE = { timeout: 60_000 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "command-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the options of isc-mock-tenant:", () => {
  test("--scope, --token-lifetime and --max-upload", async () => {
    await using command = await serve(
      "--scope",
      "sp:connector:manage",
      "--token-lifetime",
      "5",
      "--max-upload",
      "10",
    );
    const { baseUrl, authorization } = command;
    const claims: unknown = JSON.parse(
      Buffer.from(authorization.Authorization.split(".")[1] ?? "", "base64url").toString(),
    );
    expect(claims).toMatchObject({ scope: ["sp:connector:manage"] });
    const { iat, exp } = claims as { iat: number; exp: number };
    expect(exp - iat).toBe(5);
    expect((await fetch(baseUrl + COLLECTION, { headers: authorization })).status).toBe(403);
    const init = { method: "POST", headers: { ...authorization, "Content-Type": "application/json" } };
    expect((await fetch(baseUrl + COLLECTION, { ...init, body: '{"a":"b"} ' })).status).toBe(201);
    expect((await fetch(baseUrl + COLLECTION, { ...init, body: '{"a":"bc"} ' })).status).toBe(413);
  });

  test("--scope may be repeated", async () => {
    await using command = await serve("--scope", "sp:connector:manage", "--scope", "sp:connector:read");
    const { baseUrl, authorization: headers } = command;
    expect((await fetch(baseUrl + COLLECTION, { headers })).status).toBe(200);
    const init = { method: "POST", headers: { ...headers, "Content-Type": "application/json" } };
    expect((await fetch(baseUrl + COLLECTION, { ...init, body: "{}" })).status).toBe(201);
  });

  test("--rate-limit", async () => {
    await using command = await serve("--rate-limit", "2/3600");
    const list = async () =>
      (await fetch(command.baseUrl + COLLECTION, { headers: command.authorization })).status;
    expect([await list(), await list(), await list()]).toEqual([200, 200, 429]);
  });

  test("--rate-limit none removes the limit; the default is 100/10", async () => {
    await using command = await serve("--rate-limit", "none");
    for (let n = 0; n < 101; n++) {
      const response = await fetch(command.baseUrl + COLLECTION, { headers: command.authorization });
      expect(response.status).toBe(200);
      await response.text();
    }
    // The test does not reach the limit, because it would fail on a machine that takes more than 10 seconds for a hundred requests.
    expect(parseCommandLine([])).toMatchObject({ rateLimit: { requests: 100, seconds: 10 } });
  });

  test("--fault may be repeated", async () => {
    await using command = await serve(
      "--fault",
      '{"kind":"status","status":503,"retryAfter":9}',
      "--fault",
      '{"kind":"html","times":2}',
    );
    const replies: unknown[] = [];
    for (let n = 0; n < 4; n++) {
      const { status, headers } = await fetch(command.baseUrl + COLLECTION, {
        headers: command.authorization,
      });
      replies.push([status, headers.get("retry-after")]);
    }
    expect(replies).toEqual([
      [503, "9"],
      [502, null],
      [502, null],
      [200, null],
    ]);
  });

  test("--data restores the state, and --seed does not seed it again", async () => {
    const file = join(folder, "tenant.db");
    const list = async ({
      baseUrl,
      authorization,
    }: {
      baseUrl: string;
      authorization: Record<"Authorization", string>;
    }) => {
      const response = await fetch(baseUrl + COLLECTION, { headers: authorization });
      const customizers: { name: string; id: string }[] = JSON.parse(await response.text());
      return customizers;
    };
    await using first = await serve("--data", file, "--seed", "2");
    const [example] = await list(first);
    await fetch(`${first.baseUrl}${COLLECTION}/${example?.id}/versions`, {
      method: "POST",
      body: zip(),
      headers: first.authorization,
    });
    first.child.kill("SIGTERM");
    expect(await first.exit).toEqual([0, null]);
    await using second = await serve("--data", file, "--seed", "5");
    expect(await list(second)).toEqual([
      expect.objectContaining({ id: example?.id, imageVersion: 3 }),
      expect.objectContaining({ name: "Customizer 2" }),
    ]);
  });

  test("--help lists each option", async () => {
    const { code, stdout, stderr } = await run("--help");
    expect([code, stderr]).toEqual([0, ""]);
    for (const option of ["data", "scope", "token-lifetime", "rate-limit", "max-upload", "fault", "help"])
      expect(stdout).toMatch(new RegExp(`^  --${option} `, "m"));
  });
});

const RATE = "--rate-limit must be none or REQUESTS/SECONDS, such as 100/10; got ";
describe("a usage error", () => {
  test.each([
    [["--data", ""], "--data must not be empty."],
    [["--data"], "--data"],
    [["--scope", ""], "--scope must not be empty."],
    [["--client-secret", ""], "--client-secret must not be empty."],
    [["--token-lifetime", "-1"], "--token-lifetime must be a whole number from 0 to "],
    [
      ["--token-lifetime", "1.5"],
      "--token-lifetime must be a whole number from 0 to 9007199254740991; got '1.5'.",
    ],
    [["--token-lifetime", "99999999999999999999"], "--token-lifetime must be a whole number"],
    [["--max-upload", "1MB"], "--max-upload must be a whole number from 0 to 9007199254740991; got '1MB'."],
    [["--max-upload", ""], "--max-upload must be a whole number"],
    [["--rate-limit", "100"], `${RATE}'100'.`],
    [["--rate-limit", "0/10"], `${RATE}'0/10'.`],
    [["--rate-limit", "10/0"], `${RATE}'10/0'.`],
    [["--rate-limit", "-1/10"], "--rate-limit"],
    [["--rate-limit", "1/1/1"], `${RATE}'1/1/1'.`],
    [["--rate-limit", ""], `${RATE}''.`],
    [["--fault", "{"], "--fault {: "],
    [["--fault", "5"], "--fault 5: Invalid fault: it must be object"],
    [
      ["--fault", '{"kind":"chaos"}'],
      '--fault {"kind":"chaos"}: Invalid fault: "kind" must be one of status, delay, ',
    ],
    [["--fault", '{"kind":"chaos"}'], '; got "chaos".'],
    [["--fault", "{}"], "; it is missing"],
    [["--fault", '{"kind":"delay"}'], "must have required property 'milliseconds'"],
    [["--fault", '{"kind":"html"}', "--fault", '{"kind":"drop"}'], "must have required property 'when'"],
  ])("%j", (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(UsageError);
    expect(() => parseCommandLine(args)).toThrow(message);
  });

  test("is reported with a hint and exits with 2", async () => {
    expect(await run("--rate-limit", "100", "--data", join(folder, "tenant.db"))).toEqual({
      code: 2,
      stdout: "",
      stderr: `isc-mock-tenant: ${RATE}'100'.\nTry isc-mock-tenant --help.\n`,
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("reports an unusable data file and exits with 1:", () => {
  async function refusal(file: string): Promise<string> {
    const { code, stdout, stderr } = await run("--port", "0", "--data", file);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).not.toContain("    at ");
    return stderr.replaceAll(file, "FILE");
  }

  test("in a folder that does not exist", async () => {
    expect(await refusal(join(folder, "missing", "tenant.db"))).toBe(
      "isc-mock-tenant: The data file FILE cannot be opened. Name a file (not a folder) in an existing, writable folder.\n",
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test("a folder", async () => {
    expect(await refusal(folder)).toMatch(
      /^isc-mock-tenant: The data file FILE cannot be opened\. Name a file \(not a folder\) .+\n$/,
    );
  });

  test("not a database; the file is unchanged", async () => {
    const file = join(folder, "notes.txt");
    await writeFile(file, "These are my notes. ".repeat(100));
    expect(await refusal(file)).toBe(
      "isc-mock-tenant: The data file FILE is damaged or is not a database. Name a new file or the data file of a mock tenant.\n",
    );
    expect(await readFile(file, "utf8")).toBe("These are my notes. ".repeat(100));
    expect(await readdir(folder)).toEqual(["notes.txt"]);
  });

  test("a database of another application; the file is unchanged", async () => {
    const file = join(folder, "other.db");
    const other = new DatabaseSync(file);
    other.exec("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('mine')");
    other.close();
    const before = await readFile(file);
    expect(await refusal(file)).toBe(
      "isc-mock-tenant: The data file FILE is a database of another application. Name a new file or the data file of a mock tenant.\n",
    );
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(folder)).toEqual(["other.db"]);
  });

  test("written by another version of the mock tenant", async () => {
    const file = join(folder, "tenant.db");
    {
      await using command = await serve("--data", file);
      command.child.kill("SIGINT");
      await command.exit;
    }
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(await refusal(file)).toBe(
      "isc-mock-tenant: The data file FILE was written by another version of the mock tenant. Use that version, or name a new file.\n",
    );
  });

  test("in use by another mock tenant, which keeps serving", async () => {
    const file = join(folder, "tenant.db");
    await using command = await serve("--data", file);
    expect(await refusal(file)).toBe(
      "isc-mock-tenant: The data file FILE is in use by another mock tenant. Stop that mock tenant, or name another file.\n",
    );
    const init = { method: "POST", ...json({ name: "A" }) };
    const headers = { ...command.authorization, "Content-Type": "application/json" };
    expect((await fetch(command.baseUrl + COLLECTION, { ...init, headers })).status).toBe(201);
  });

  test("whose folder of archives cannot be created", async () => {
    const file = join(folder, "tenant.db");
    await writeFile(`${file}.archives`, "a file");
    expect(await refusal(file)).toMatch(
      /^isc-mock-tenant: The data file FILE has a folder of archives that cannot be used: .*EEXIST.*\n$/,
    );
  });
});

test("reports a port in use and leaves a new data file usable", async () => {
  await using other = await serve();
  const { port } = new URL(other.baseUrl);
  const file = join(folder, "tenant.db");
  expect(await run("--port", port, "--data", file)).toEqual({
    code: 1,
    stdout: "",
    stderr: `isc-mock-tenant: Port ${port} of 127.0.0.1 is in use.\n`,
  });
  await using command = await serve("--data", file);
  expect((await fetch(command.baseUrl + COLLECTION, { headers: command.authorization })).status).toBe(200);
});

describe.each(["SIGINT", "SIGTERM"] as const)("%s ends the command", (signal) => {
  test("with an idle connection, a half-sent request, a late reply, a slow one and an upload", async () => {
    const file = join(folder, "tenant.db");
    await using command = await serve(
      "--data",
      file,
      "--seed",
      "1",
      "--fault",
      `{"kind":"delay","milliseconds":${HOUR},"match":{"method":"DELETE"}}`,
      "--fault",
      `{"kind":"slow-body","milliseconds":${HOUR},"match":{"method":"GET"}}`,
    );
    const { baseUrl, authorization: headers, child } = command;
    const open = () => connect(Number(new URL(baseUrl).port), "127.0.0.1").on("error", () => {});
    const head = (start: string) =>
      `${start} HTTP/1.1\r\nHost: x\r\nAuthorization: ${headers.Authorization}\r\nContent-Length: 999\r\n\r\n`;
    const [idle, half, upload] = [open(), open(), open()];
    await Promise.all([idle, half, upload].map((socket) => once(socket, "connect")));
    half.write("GET /oauth/info HT");
    const response = await fetch(baseUrl + COLLECTION, { headers });
    const list: { id: string }[] = [{ id: "b07dc46a-1498-4de8-bfbb-259a68e70c8a" }];
    upload.write(`${head(`POST ${COLLECTION}/${list[0]?.id}/versions`)}PK`);
    const isUploading = async () =>
      (await readdir(`${file}.archives`)).some((name) => name.endsWith(".part"));
    await vi.waitUntil(isUploading, PATIENCE);
    const late = fetch(`${baseUrl}${COLLECTION}/${list[0]?.id}`, { method: "DELETE", headers });
    const isDelayed = async () => {
      const faults = await (await fetch(`${baseUrl}/_mock/faults`)).text();
      return !faults.includes("delay");
    };
    await vi.waitUntil(isDelayed, PATIENCE);

    const rest = expect(response.text()).rejects.toThrow(TypeError);
    const never = expect(late).rejects.toThrow(TypeError);
    child.kill(signal);
    expect(await command.exit).toEqual([0, null]);
    await Promise.all([rest, never]);

    // Unanswered requests had no effect, and the incomplete upload is gone.
    expect(await readdir(`${file}.archives`)).toEqual([]);
    await using again = await serve("--data", file);
    const after = await fetch(again.baseUrl + COLLECTION, { headers: again.authorization });
    expect(await after.json()).toHaveLength(1);
  });

  test("and leaves no temporary files", async () => {
    vi.stubEnv("TMPDIR", folder);
    await using command = await serve("--seed", "1");
    vi.unstubAllEnvs();
    const path = `${COLLECTION}/b07dc46a-1498-4de8-bfbb-259a68e70c8a/versions`;
    const init = { method: "POST", body: zip(), headers: command.authorization };
    expect((await fetch(command.baseUrl + path, init)).status).toBe(200);
    expect(await readdir(folder)).toHaveLength(1);
    command.child.kill(signal);
    expect(await command.exit).toEqual([0, null]);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("the log", () => {
  test("has a line for each request, with redacted secrets", async () => {
    await using command = await serve("--fault", '{"kind":"drop","when":"before","match":{"method":"PUT"}}');
    const { baseUrl, authorization: headers, clientSecret, log } = command;
    await fetch(`${baseUrl}${COLLECTION}?limit=1&client_secret=${clientSecret}&access_token=abc`, {
      headers,
    });
    await fetch(`${baseUrl}/nothing?x=%1b[31m&y=a%0Ab`);
    await expect(fetch(`${baseUrl}${COLLECTION}/x`, { method: "PUT", headers })).rejects.toThrow(TypeError);
    await fetch(baseUrl);
    await fetch(`${baseUrl}/_mock/requests`);
    await fetch(baseUrl + COLLECTION, { method: "POST", body: "{}" });
    await vi.waitUntil(() => log().length >= 5, PATIENCE);

    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
    const took = String.raw`\d+\.\d ms`;
    const cut = "%5Bredacted%5D";
    const lines = [
      `POST /oauth/token 200 ${took} \\d+ bytes`,
      `GET ${COLLECTION}\\?limit=1&client_secret=${cut}&access_token=${cut} 200 ${took} 0 bytes listConnectorCustomizers`,
      `GET /nothing\\?x=%1B%5B31m&y=a%0Ab 404 ${took} 0 bytes`,
      `PUT ${COLLECTION}/x dropped ${took} 0 bytes putConnectorCustomizer fault drop`,
      `POST ${COLLECTION} 401 ${took} 0 bytes createConnectorCustomizer`,
    ];
    expect(log()).toEqual(lines.map((line) => expect.stringMatching(new RegExp(`^${time} ${line}$`))));
    const written = log().join("\n");
    expect(written).not.toContain(clientSecret);
    expect(written).not.toContain(headers.Authorization.slice("Bearer ".length));
  });
});

test("stdout has only the greeting, which a shell can evaluate", async () => {
  await using command = await serve();
  expect(command.greeting).toEqual([
    `listening on ${command.baseUrl}`,
    `export SAIL_BASE_URL=${command.baseUrl}`,
    expect.stringMatching(/^export SAIL_CLIENT_ID=[0-9a-f]{32}$/),
    expect.stringMatching(/^export SAIL_CLIENT_SECRET=[0-9a-f]{64}$/),
  ]);
  await expect(access(join(folder, "tenant.db"))).rejects.toThrow(/ENOENT/);
});
