import { startMockTenant } from "@isc-customizers/mock-tenant";
import { operationTable } from "@isc-customizers/types";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customizerZip } from "../src/customizer-zip.ts";
import { environmentOf, runProgram } from "./program.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const tsc = fileURLToPath(new URL("../bin/tsc", import.meta.resolve("typescript")));

/** The pages of the reference show calls of a client; this makes them programs. */
const prelude = `import { createClient } from "@isc-customizers/client";
const client = createClient({
  baseUrl: process.env["SAIL_BASE_URL"],
  auth: { clientId: process.env["SAIL_CLIENT_ID"] ?? "", clientSecret: process.env["SAIL_CLIENT_SECRET"] ?? "" },
});
`;

const programs = new Map<string, string>();
for (const page of await readdir(join(root, "docs/reference"))) {
  for (const { heading, code } of await codeOf(`docs/reference/${page}`)) {
    if (heading in operationTable) programs.set(heading, prelude + code);
  }
}
for (const { code } of await codeOf("README.md")) programs.set("README", code);

async function codeOf(path: string): Promise<{ heading: string; code: string }[]> {
  const sections = (await readFile(join(root, path), "utf8")).split(/^## /m);
  return sections.flatMap((section) => {
    const heading = section.split("\n", 1)[0] ?? "";
    return Array.from(section.matchAll(/^```ts\n([^]*?)^```$/gm), ([, code = ""]) => ({ heading, code }));
  });
}

// Within the package, where the programs find the client.
let folder: string;
beforeAll(async () => {
  const parent = fileURLToPath(new URL("../dist/", import.meta.url));
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, "documentation-"));
  await copyFile(customizerZip(), join(folder, "file.zip"));
  for (const [name, code] of programs) await writeFile(join(folder, `${name}.ts`), code);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("there is an example for every operation, and one in the README", () => {
  expect([...programs.keys()].toSorted()).toEqual([...Object.keys(operationTable), "README"].toSorted());
});

test("they compile", async () => {
  const compilerOptions = { noEmit: true };
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.json", compilerOptions, include: ["*.ts"] }),
  );
  expect(await runProgram(tsc, ["-p", folder])).toMatchObject({ code: 0, stdout: "" });
});

describe("they run", () => {
  test.each([...programs.keys()])("%s", async (name) => {
    await using mock = await startMockTenant({ seed: 2 });
    const outcome = await runProgram(join(folder, `${name}.ts`), [], environmentOf(mock), folder);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    const operations =
      name === "README"
        ? [
            "createConnectorCustomizer",
            "putConnectorCustomizer",
            "getConnectorCustomizer",
            "listConnectorCustomizers",
            "deleteConnectorCustomizer",
          ]
        : [name];
    const succeeded = mock.requests
      .filter(({ status = 500 }) => status < 300)
      .map(({ operationId }) => operationId);
    // A list takes a request for each page, and one for the empty page at its end.
    const calls = succeeded.filter((operation, at) => at === 0 || operation !== succeeded[at - 1]);
    expect(calls).toEqual([undefined, ...operations]);
  });
});
