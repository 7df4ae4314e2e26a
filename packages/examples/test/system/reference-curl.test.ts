import { startMockTenant } from "@isc-customizers/mock-tenant";
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { describeWithProgram } from "../../../mock-tenant/test/system/system-program.ts";
import { customizerZip } from "../../src/customizer-zip.ts";

const reference = fileURLToPath(new URL("../../../../docs/reference/", import.meta.url));
const pages = await Promise.all(
  (await readdir(reference)).map((name) => readFile(join(reference, name), "utf8")),
);
const sections = pages.flatMap((page) => page.split(/^## /m).slice(1));
const commands = sections.flatMap((section) => {
  const [, command] = /^### curl\n\n```sh\n([^]*?)\n```/m.exec(section) ?? [];
  return command === undefined ? [] : [[section.split("\n")[0] ?? "", command] as const];
});

describeWithProgram(["curl"], () => {
  test("every operation has a curl command", () => {
    expect(commands).toHaveLength(8);
  });

  // The first customizer and instance of the mock tenant have the ids of the spec's examples.
  test.for(commands)("the curl command of %s succeeds", async ([, command]) => {
    await using mock = await startMockTenant({ seed: 1 });
    const local = command
      .replace(/'https:\/\/[^/]+/, `'${mock.baseUrl}`)
      .replace("@file.zip", `@${customizerZip()}`);
    const { stdout } = await promisify(execFile)(
      "sh",
      ["-c", `${local} --silent --output /dev/null --write-out '%{http_code}'`],
      { env: { ...process.env, TOKEN: await tokenOf(mock) } },
    );
    expect(stdout).toMatch(/^2\d\d$/);
  });
});

async function tokenOf(mock: Awaited<ReturnType<typeof startMockTenant>>): Promise<string> {
  const { baseUrl, clientId, clientSecret } = mock;
  const response = await fetch(new URL("/oauth/token", baseUrl), {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
