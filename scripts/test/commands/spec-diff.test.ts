import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseYaml } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { diffDocuments } from "../../src/diff/diff-documents.ts";
import { markdownOf } from "../../src/diff/report/markdown-report.ts";
import { api, lineOf, root, run, temporaryFolder } from "../support/harness.ts";

const command = join(root, "scripts/src/commands/spec-diff.ts");
const spec = await readFile(new URL("../diff/base.yaml", import.meta.url), "utf8");

/** Runs the command on a spec, before and after an edit. */
async function diffAfter(from: string, to: string, ...options: string[]) {
  await using folder = await temporaryFolder();
  const head = spec.replace(from, to);
  expect(head).not.toBe(spec);
  await writeFile(join(folder.path, "base.yaml"), spec);
  await writeFile(join(folder.path, "head.yaml"), head);
  const args = [command, "--base", "base.yaml", "--head", "head.yaml", ...options];
  return { ...(await run(args, { cwd: folder.path })), head };
}

test("--json prints one object, and exits with 0 even for a break", async () => {
  const outcome = await diffAfter("      required: [id]\n", "", "--json");
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(outcome.stdout)).toEqual({
    severity: "major",
    changes: [
      {
        severity: "major",
        rule: "response-property-became-optional",
        kind: "changed",
        operationIds: ["listPets", "createPet", "getPet"],
        types: ["Pet"],
        pointer: "#/components/schemas/Pet/required",
        line: lineOf(spec, "      required: [id]\n"),
        file: "base",
        message: "`Pet` no longer requires `id`.",
      },
    ],
  });
});

test("by default, prints the changes by operation, with line and types", async () => {
  const { code, stdout, stderr, head } = await diffAfter("maximum: 250", "maximum: 100");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe(`From base.yaml to head.yaml: major (1 major).

listPets
  major  The query parameter \`limit\` has the \`maximum\` \`100\` instead of \`250\`.
         head.yaml:${lineOf(head, "maximum: 100")}  request-constraint-tightened
         ListPetsParameters

How changes are rated: docs/severity.md.
`);
});

test("--markdown has a table for each group of operations", async () => {
  const { code, stdout, head } = await diffAfter(
    "operationId: getPet\n",
    "operationId: readPet\n",
    "--markdown",
  );
  expect(code).toBe(0);
  expect(stdout).toBe(`## Spec: major

From \`base.yaml\` to \`head.yaml\`: 1 major. The rules are in \`docs/severity.md\`.

### \`readPet\`

| severity | change | types | where | rule |
| --- | --- | --- | --- | --- |
| major | \`readPet\` is the new name of \`getPet\`. | \`GetPetParameters\`, \`ReadPetParameters\` | \`head.yaml:${lineOf(head, "operationId: readPet")}\` | \`operation-renamed\` |
`);
});

test("another layout of the YAML is not a change", async () => {
  for (const options of [[], ["--json"], ["--markdown"]]) {
    const { code, stdout } = await diffAfter("openapi: 3.1.0\n", "# Words.\nopenapi: '3.1.0'\n", ...options);
    expect(code).toBe(0);
    if (options[0] === "--json") expect(JSON.parse(stdout)).toEqual({ severity: "none", changes: [] });
    else expect(stdout).toMatch(/nothing has changed for users/i);
  }
});

test("by default, compares the spec with the released one", async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, "elsewhere"));
  const [byDefault, named] = await Promise.all([
    run([command, "--json"], { cwd: join(folder.path, "elsewhere") }),
    run([command, "--json", "--base", "spec/released/openapi.yaml", "--head", "spec/openapi.yaml"]),
  ]);
  expect(byDefault).toMatchObject({ code: 0, stderr: "" });
  expect(byDefault.stdout).toBe(named.stdout);
});

test("compares a spec of several files", async () => {
  await using folder = await temporaryFolder();
  const file = (name: string, text: string) => writeFile(join(folder.path, name), text);
  const whole = api(
    `paths: { /a: { get: { operationId: getA, responses: { "200": { $ref: "parts.yaml#/A" } } } } }\n`,
  );
  await file("head.yaml", whole);
  await file("parts.yaml", "A: { description: All. }\n");
  await file("base.yaml", whole.replace("parts.yaml", "old.yaml"));
  await file("old.yaml", "A: { description: Some. }\n");
  const { code, stdout } = await run([command, "--base", "base.yaml", "--head", "head.yaml", "--json"], {
    cwd: folder.path,
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ severity: "patch", changes: [{ rule: "documentation" }] });
});

test.for([
  [
    "a file that is not there",
    "",
    /^error {2}nowhere\.yaml:1:1 {2}The spec cannot be read: .+\n {2}Pass the path of an OpenAPI file\./,
    "nowhere.yaml",
  ],
  ["what is no YAML", "openapi: [", /^error {2}bad\.yaml:\d+:\d+ {2}This is not valid YAML/, "bad.yaml"],
  [
    "what is no OpenAPI",
    "title: Notes\n",
    /^error {2}bad\.yaml:1:1 {2}Expected an OpenAPI 3\.0 or 3\.1 document/,
    "bad.yaml",
  ],
  [
    "a spec that is not sound",
    api("paths: { /a: { get: { $ref: '#/x' } } }"),
    /^error {2}bad\.yaml:\d+:\d+/,
    "bad.yaml",
  ],
] as const)("%s is an error", async ([, text, expected, name]) => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "bad.yaml"), text);
  const { code, stdout, stderr } = await run([command, "--head", name, "--json"], { cwd: folder.path });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(expected);
});

test.for([
  [["--jsn"], "Unknown option '--jsn'"],
  [["--json", "--markdown"], "ask for one"],
  [["--html", "--github"], "ask for one"],
  [["--fail-on", "none"], "--fail-on must be major, minor or patch; got none."],
  [["other.yaml"], "Unexpected argument 'other.yaml'"],
] as const)("refuses %s", async ([options, expected]) => {
  const { code, stdout, stderr } = await run([command, ...options]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(expected);
  expect(stderr).toContain("Usage: pnpm spec:diff");
});

test("--help lists the options", async () => {
  const { code, stdout } = await run([command, "--help"]);
  expect(code).toBe(0);
  for (const option of ["--json", "--markdown", "--html", "--github", "--fail-on", "--base", "--head"])
    expect(stdout).toContain(option);
});

test.for([
  ["major", 0],
  ["minor", 1],
  ["patch", 1],
] as const)("--fail-on %s exits with %i after a minor change", async ([severity, expected]) => {
  const { code, stdout } = await diffAfter("maximum: 250", "maximum: 500", "--fail-on", severity);
  expect(code).toBe(expected);
  expect(stdout).toContain("request-constraint-loosened");
});

test("--github prints an annotation for each change, without a line for a removed part", async () => {
  const { stdout, head } = await diffAfter("maximum: 250", "maximum: 100", "--github");
  expect(stdout).toBe(
    `::error file=head.yaml,line=${lineOf(head, "maximum: 100")},title=major%3A request-constraint-tightened::` +
      "The query parameter `limit` has the `maximum` `100` instead of `250`.\n",
  );
  const gone = await diffAfter("        age: { type: integer, default: 1 }\n", "", "--github");
  expect(gone.stdout).toBe(
    "::error file=head.yaml,title=major%3A response-property-removed::`Pet.age` is gone.\n",
  );
});

test("--html prints a page without links to other files", async () => {
  const { stdout } = await diffAfter('pattern: "^p"', 'pattern: "^<p>"', "--html");
  expect(stdout).toMatch(/^<!doctype html>/);
  expect(stdout).toContain("<code>^&#60;p&#62;</code>");
  expect(stdout).not.toMatch(/(?:src|href)=/);
});

test("--markdown fits in half a comment, and counts the changes that are left out", async () => {
  const paths = (type: string) =>
    Array.from(
      { length: 500 },
      (_, n) =>
        `  /p${n}: { get: { operationId: get${n}, parameters: [{ name: q, in: query, schema: { type: ${type} } }] } }\n`,
    ).join("");
  const document = (type: string) =>
    parseYaml(api(`paths:\n${paths(type)}`)) as Parameters<typeof diffDocuments>[0];
  const diff = diffDocuments(document("string"), document("integer"));
  const text = markdownOf(diff, { base: "base.yaml", head: "head.yaml" });
  expect(text.length).toBeLessThan(32_768);
  const rows = text.match(/^\| major /gm) ?? [];
  expect(rows.length).toBeGreaterThan(50);
  expect(text).toMatch(new RegExp(`\n\n${500 - rows.length} more changes are left out\\.`));
});

describe("accepted-breaks.yaml", () => {
  const accepted = {
    rule: "response-property-removed",
    place: "#/components/schemas/Pet/properties/age",
    reason: "The API never sent it.",
    expires: "2999-12-31",
  };

  /** Compares the spec with one without `Pet.age`, which has a list of accepted breaks beside it. */
  async function accept(entry: Readonly<Record<string, string>>, ...options: string[]) {
    await using folder = await temporaryFolder();
    const head = spec.replace("        age: { type: integer, default: 1 }\n", "");
    await writeFile(join(folder.path, "base.yaml"), spec);
    await writeFile(join(folder.path, "head.yaml"), head);
    await writeFile(join(folder.path, "accepted-breaks.yaml"), JSON.stringify([{ ...accepted, ...entry }]));
    const args = [command, "--base", "base.yaml", "--head", "head.yaml", ...options];
    return await run(args, { cwd: folder.path });
  }

  test.for(["--json", "--markdown", "--html", "--github", undefined])(
    "lowers a break to minor, with the reason in the report (%s)",
    async (option) => {
      const { code, stdout } = await accept({}, "--fail-on", "major", ...(option ? [option] : []));
      expect(code).toBe(0);
      expect(stdout).toContain("The API never sent it. (until 2999-12-31)");
      expect(stdout).not.toContain("1 major");
    },
  );

  test("lowers nothing after its last day, and is reported", async () => {
    const { code, stdout } = await accept({ expires: "2020-01-31" }, "--fail-on", "major");
    expect(code).toBe(1);
    expect(stdout).toContain("accepted-breaks.yaml: the entry for response-property-removed at");
    expect(stdout).toContain("expired on 2020-01-31. Remove it, or set a later date.");
  });

  test("is reported if it matches no change", async () => {
    const { stdout } = await accept({ place: "#/components/schemas/Tag/properties/text" }, "--markdown");
    expect(stdout).toContain("## Spec: major");
    expect(stdout).toContain("properties/text matches no change. Remove it.");
  });

  test.for([
    [{ rule: "property-gone" }, '`rule` must be a rule of docs/severity.md; got "property-gone"'],
    [{ place: "Pet.age" }, '`place` must be a JSON pointer such as "#/paths/~1pets/get"; got "Pet.age"'],
    [{ reason: " " }, "`reason` must be a text"],
    [{ expires: "soon" }, '`expires` must be a date such as 2027-01-31; got "soon"'],
  ] as const)("is an error with %o", async ([entry, expected]) => {
    const { code, stderr } = await accept(entry);
    expect(code).toBe(1);
    expect(stderr).toBe(`accepted-breaks.yaml, entry 1: ${expected}.\n`);
  });
});
