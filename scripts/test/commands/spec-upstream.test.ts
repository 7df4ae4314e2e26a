import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { SpecDiff } from "../../src/diff/spec-diff.ts";
import { lineOf, type Outcome, root, run, temporaryFolder } from "../support/harness.ts";

const command = join(root, "scripts/src/commands/spec-upstream.ts");
const folder = fileURLToPath(new URL("upstream/", import.meta.url));
const vendor = await readFile(join(folder, "vendor.yaml"), "utf8");

/** Edits a text. The text that is replaced must be there. */
function edit(text: string, from: string | RegExp, to: string): string {
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  return edited;
}

/** Compares the spec with the description of a vendor. */
async function compare(text: string, ...options: string[]): Promise<Outcome> {
  await using copy = await temporaryFolder();
  await cp(folder, copy.path, { recursive: true });
  await writeFile(join(copy.path, "vendor.yaml"), text);
  return await run([command, "vendor.yaml", "--spec", "openapi.yaml", ...options], { cwd: copy.path });
}

test("prints nothing if only names, versions and intended differences are different", async () => {
  expect(await compare(vendor)).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("prints nothing for the description of a yearly version", async () => {
  const yearly = edit(edit(vendor, "{apiUrl}", "{apiUrl}/v2024"), "  /pets/v1:", "  /pets:");
  expect(await compare(edit(yearly, "  /pets/v1/{id}:", "  /v2024/pets/{id}:"))).toEqual({
    code: 0,
    stdout: "",
    stderr: "",
  });
});

test("--json prints one object even if there is no difference", async () => {
  const { stdout } = await compare(vendor, "--json");
  expect(JSON.parse(stdout)).toEqual({ severity: "none", changes: [], notices: [] });
});

test("a new operation below one of our paths is reported with its line in the vendor's file", async () => {
  const text = edit(
    vendor,
    "  /wheels/v1/{id}:",
    '  /pets/v1/photos:\n    get: { operationId: getPhotoV1, responses: { "204": { description: A } } }\n  /wheels/v1/{id}:',
  );
  const { code, stdout } = await compare(text);
  expect(code).toBe(0);
  expect(stdout).toBe(`From openapi.yaml to vendor.yaml: minor (1 minor).

getPhotoV1
  minor  \`getPhotoV1\` is new.
         vendor.yaml:${lineOf(text, "getPhotoV1")}  operation-added

How changes are rated: docs/severity.md.
`);
});

test.for([
  [
    "another path with one of our tags",
    "[Wheels]\n      responses:",
    "[Pets]\n      responses:",
    "minor operation-added",
  ],
  ["another version of a service", "  /pets/v1:", "  /pets/v2:", "minor operation-added"],
  ["another scope", '["pets:read"]', '["pets:list"]', "major security-changed"],
  [
    "credentials of the whole document",
    '      security: [{ userAuth: ["pets:read"] }]\n',
    "",
    "major security-changed",
  ],
  [
    "a deprecation",
    "operationId: listPetsV1",
    "operationId: listPetsV1\n      deprecated: true",
    "minor operation-deprecated",
  ],
  ["a bound of a shared parameter", "maximum: 250", "maximum: 100", "major request-constraint-tightened"],
  [
    "a property",
    "name: { type: string } } }\n    problem",
    "name: { type: string }, age: { type: integer } } }\n    problem",
    "minor response-property-added",
  ],
  [
    "a property of a schema that is not intended to differ",
    "locale: { type: string, nullable: true }",
    "locale: { type: string }",
    "minor response-null-removed",
  ],
  [
    "a response",
    '"204": { description: No content. }',
    '"204": { description: No content. }\n        "429": { description: Wait. }',
    "minor error-response-added",
  ],
] as const)("%s is reported", async ([, from, to, expected]) => {
  const text = edit(vendor, from, to).replace("#/components/responses/Nothing", "#/components/responses/404");
  const { changes } = JSON.parse((await compare(text, "--json")).stdout) as SpecDiff;
  expect(changes.map(({ severity, rule }) => `${severity} ${rule}`)).toContain(expected);
});

test("--markdown prints a table", async () => {
  const { stdout } = await compare(edit(vendor, "maximum: 250", "maximum: 100"), "--markdown");
  expect(stdout).toContain("## Spec: major\n");
  expect(stdout).toContain("| `request-constraint-tightened` |");
});

test("an intended difference that no longer exists is reported", async () => {
  const { code, stdout } = await compare(
    edit(vendor, "pet: { type: object,", "pet: { type: object, required: [id],"),
  );
  expect(code).toBe(0);
  expect(stdout).toContain(
    "upstream-departures.yaml: the entry for response-property-became-optional at #/components/schemas/Pet/required matches no difference. Remove it.",
  );
});

test("a violation of OpenAPI is an error only in the part that is compared", async () => {
  const { code, stdout, stderr } = await compare(edit(vendor, "responses/404", "responses/405"));
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("Can't resolve $ref: #/components/responses/405");
  expect(stderr).not.toContain("Nothing");
});

test("the departures of this repository are well-formed, and none matches the spec itself", async () => {
  const { code, stdout, stderr } = await run([command, "spec/openapi.yaml", "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { changes, notices } = JSON.parse(stdout) as SpecDiff;
  expect(changes).toEqual([]);
  expect(notices?.length).toBeGreaterThan(5);
});

test.for([
  [["https://example.com/vendor.yaml"], "FILE must be a path; got a URL. Download it first"],
  [[], "Expected one FILE; got 0."],
  [["a.yaml", "b.yaml"], "Expected one FILE; got 2."],
  [["a.yaml", "--json", "--html"], "ask for one"],
] as const)("%j is rejected with the usage", async ([args, message]) => {
  const { code, stdout, stderr } = await run([command, ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).toContain("Usage: pnpm spec:upstream FILE");
});
