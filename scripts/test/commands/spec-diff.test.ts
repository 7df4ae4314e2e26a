import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
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
        subject: "schema",
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

test("for people, changes are told by operation, with the line and the types", async () => {
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

test("the form of the YAML is no change", async () => {
  for (const options of [[], ["--json"], ["--markdown"]]) {
    const { code, stdout } = await diffAfter("openapi: 3.1.0\n", "# Words.\nopenapi: '3.1.0'\n", ...options);
    expect(code).toBe(0);
    if (options[0] === "--json") expect(JSON.parse(stdout)).toEqual({ severity: "none", changes: [] });
    else expect(stdout).toMatch(/nothing has changed for users/i);
  }
});

test("by default, the spec is compared with the one that was released", async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, "elsewhere"));
  const [byDefault, named] = await Promise.all([
    run([command, "--json"], { cwd: join(folder.path, "elsewhere") }),
    run([command, "--json", "--base", "spec/released/openapi.yaml", "--head", "spec/openapi.yaml"]),
  ]);
  expect(byDefault).toMatchObject({ code: 0, stderr: "" });
  expect(byDefault.stdout).toBe(named.stdout);
});

test("what a spec of several files says is compared, wherever it stands", async () => {
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
    /^error {2}nowhere\.yaml:1:1 {2}The spec cannot be read: .+\n {2}Name an OpenAPI file that exists\./,
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
  [
    "a spec of another version of OpenAPI",
    api("paths: {}", "3.0.3"),
    /^error {2}bad\.yaml:1:1 {2}This is OpenAPI 3\.0, and what it is compared with is 3\.1\. .*\n {2}Convert/,
    "bad.yaml",
  ],
] as const)("%s is an error", async ([, text, told, name]) => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "bad.yaml"), text);
  const { code, stdout, stderr } = await run([command, "--head", name, "--json"], { cwd: folder.path });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(told);
});

test.for([
  [["--jsn"], "Unknown option '--jsn'"],
  [["--json", "--markdown"], "ask for one"],
  [["other.yaml"], "Unexpected argument 'other.yaml'"],
] as const)("%s is no command line", async ([options, told]) => {
  const { code, stdout, stderr } = await run([command, ...options]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(told);
  expect(stderr).toContain("Usage: pnpm spec:diff");
});

test("--help tells the options", async () => {
  const { code, stdout } = await run([command, "--help"]);
  expect(code).toBe(0);
  for (const option of ["--json", "--markdown", "--base", "--head"]) expect(stdout).toContain(option);
});
