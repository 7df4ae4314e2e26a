import { startMockTenant } from "@isc-customizers/mock-tenant";
import { operationTable } from "@isc-customizers/types";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customizerZip } from "../src/customizer-zip.ts";
import { readMarkdown } from "./markdown/read-markdown.ts";
import { environmentOf, runProgram } from "./program.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const tsc = fileURLToPath(new URL("../bin/tsc", import.meta.resolve("typescript")));

/** Creates the client that the examples of the reference use. */
const prelude = `import { createClient } from "@isc-customizers/client";
const customizers = createClient({
  baseUrl: process.env["SAIL_BASE_URL"],
  auth: { clientId: process.env["SAIL_CLIENT_ID"] ?? "", clientSecret: process.env["SAIL_CLIENT_SECRET"] ?? "" },
});
`;

/** The programs, by operation. */
const programs = new Map<string, string>();
for (const page of await readdir(join(root, "docs/reference"))) {
  const sections = (await readFile(join(root, "docs/reference", page), "utf8")).split(/^## /m);
  for (const section of sections) {
    const operation = section.split("\n", 1)[0] ?? "";
    const [example] = readMarkdown(page, section).blocks.filter(({ language }) => language === "ts");
    if (operation in operationTable && example) programs.set(operation, prelude + example.code);
  }
}

// In this package, so that Node resolves the client from the programs.
let folder: string;
beforeAll(async () => {
  const parent = fileURLToPath(new URL("../dist/", import.meta.url));
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, "documentation-"));
  await copyFile(customizerZip(), join(folder, "file.zip"));
  for (const [name, code] of programs) await writeFile(join(folder, `${name}.ts`), code);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the reference has an example for every operation", () => {
  expect([...programs.keys()].toSorted()).toEqual(Object.keys(operationTable).toSorted());
});

test("every example compiles", async () => {
  const compilerOptions = { noEmit: true };
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.json", compilerOptions, include: ["*.ts"] }),
  );
  expect(await runProgram(tsc, ["-p", folder])).toMatchObject({ code: 0, stdout: "" });
});

describe("every example runs", () => {
  test.each([...programs.keys()])("%s", async (operation) => {
    await using mock = await startMockTenant({ seed: 2 });
    const outcome = await runProgram(join(folder, `${operation}.ts`), [], environmentOf(mock), folder);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    const succeeded = mock.requests.filter(({ status = 500 }) => status < 300);
    // The first request fetches a token. A list makes one request per page, and one for the empty last page.
    expect([...new Set(succeeded.map(({ operationId }) => operationId))]).toEqual([undefined, operation]);
  });
});
