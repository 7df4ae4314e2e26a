import { appendFile, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, run, temporaryFolder } from "../support/harness.ts";

/** The files of this repository that a release needs. Of the client and the mock tenant, only the manifests. */
const copied = [
  ".changeset/config.json",
  "docs",
  "etc",
  "packages/types/src",
  "packages/types/package.json",
  "packages/client/package.json",
  "packages/mock-tenant/package.json",
  "pnpm-lock.yaml",
  "scripts/package.json",
  "scripts/src",
  "spec/released",
];

let copy: Awaited<ReturnType<typeof temporaryFolder>>;
const path = (name: string) => join(copy.path, name);
const script = (file: string, ...args: string[]) =>
  run([path(`scripts/src/commands/${file}`), ...args], { cwd: copy.path });
/** Runs code with the modules of the copy, and returns its result. */
const evaluate = async (code: string): Promise<unknown> => {
  const folder = pathToFileURL(path("scripts/src/release")).href;
  const program = `const load = (name) => import(\`${folder}/\${name}.ts\`);
console.log(JSON.stringify(await (async () => { ${code} })()));`;
  const { stdout, stderr } = await run(["--input-type=module", "--eval", program], { cwd: copy.path });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
};
/** Runs `generate`, and returns the severities of the new drafts. */
const drafted = async () =>
  [...(await script("generate.js")).stdout.matchAll(/^drafted \.changeset\/spec-(\w+)-/gm)].map(
    ([, severity]) => severity,
  );
const drafts = async () =>
  (await readdir(path(".changeset")))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `.changeset/${name}`);
const unreleased = () => evaluate(`return (await load("unreleased")).findUnreleased();`);

/** Restores the state directly after a release: no changeset is pending, and the spec and the reports are the released ones. */
beforeAll(async () => {
  copy = await temporaryFolder();
  for (const name of copied) await cp(join(root, name), path(name), { recursive: true });
  await symlink(join(root, "scripts/node_modules"), path("scripts/node_modules"), "junction");
  await mkdir(path("node_modules"));
  await cp(path("spec/released/openapi.yaml"), path("spec/openapi.yaml"));
  await cp(path("etc/released"), path("etc"), { recursive: true });
  expect(await script("generate.js")).toMatchObject({ code: 0 });
});
afterAll(() => copy[Symbol.asyncDispose]());

test("a change of a report that users cannot see requires no release", async () => {
  const file = path("etc/client.api.md");
  const released = await readFile(file, "utf8");
  await writeFile(file, released.replace("\n}", "\n\n}"));
  expect(await unreleased()).toEqual([]);
  await writeFile(file, released.replace("```ts\n", "```ts\nexport type Added = 1;\n"));
  expect(await unreleased()).toEqual(["etc/client.api.md is not etc/released/client.api.md."]);
  await writeFile(file, released);
});

test("a changeset that could not be drafted is drafted by the next run without the problem", async () => {
  await appendFile(path("spec/openapi.yaml"), "# A comment.\n");
  await writeFile(path(".changeset/broken.md"), "not a changeset\n");
  const failed = await script("generate.js");
  expect(failed).toMatchObject({ code: 1 });
  expect(failed.stderr).toContain("no changeset could be drafted");
  expect(await script("generate.js", "--check")).toMatchObject({ code: 0 });
  await rm(path(".changeset/broken.md"));
  expect(await drafted()).toEqual(["patch"]);
});

test("a changed comment in the spec requires a release, because the packages contain its hash", async () => {
  const [draft = ""] = await drafts();
  expect(await readFile(path(draft), "utf8")).toMatch(
    /^---\n"@isc-customizers\/client": patch\n"@isc-customizers\/types": patch\n---\n/,
  );
  expect(await unreleased()).toEqual(
    expect.arrayContaining([
      `${draft} is pending.`,
      "packages/client/package.json has the hash of another spec than spec/openapi.yaml.",
    ]),
  );
  await cp(path("spec/released/openapi.yaml"), path("spec/openapi.yaml"));
  expect((await script("generate.js")).stdout).toContain(`removed ${draft}`);
  expect(await unreleased()).toEqual([]);
});

const released = await readFile(join(root, "spec/released/openapi.yaml"), "utf8");
const save = (text: string) => writeFile(path("spec/openapi.yaml"), text);
const deprecated = released.replace(/^    get:\n/m, "    get:\n      deprecated: true\n");
const renamed = (text: string) => text.replace(/^  title: .*$/m, "  title: Another title");

test("a new change gets a draft of its own, and an edited draft is left alone", async () => {
  await save(deprecated);
  expect(await drafted()).toEqual(["minor"]);
  const [first = ""] = await drafts();
  await save(renamed(deprecated));
  expect(await drafted()).toEqual(["patch"]);
  expect(await drafts()).toContain(first);

  // Another line for the same change is not a new change.
  await save(renamed(`# A comment.\n${deprecated}`));
  expect(await drafted()).toEqual([]);

  const edited = `${await readFile(path(first), "utf8")}\nMy own words.\n`;
  await writeFile(path(first), edited);
  await save(released);
  await script("generate.js");
  expect(await drafts()).toEqual([first]);
  expect(await readFile(path(first), "utf8")).toBe(edited);
  await rm(path(first));
});

test("a release says a change once that two branches drafted", async () => {
  const merged = renamed(deprecated);
  // Each branch deprecates the operation; one also changes the title.
  await save(deprecated);
  await script("generate.js");
  const [first = ""] = await drafts();
  const text = await readFile(path(first), "utf8");
  await rm(path(first));
  await save(merged);
  await script("generate.js");
  await writeFile(path(first), text);
  const count = async () => {
    const texts = await Promise.all((await drafts()).map((file) => readFile(path(file), "utf8")));
    return texts.join("").split("is deprecated").length - 1;
  };
  expect(await drafted()).toEqual([]);
  await evaluate(`
    const { specDiff } = await load("spec-files");
    const { changeItems } = await load("changesets/change-item");
    const { joinDrafts } = await load("changesets/drafts");
    await joinDrafts(changeItems(await specDiff(), []));
    return true;`);
  expect(await count()).toBe(1);
  for (const file of await drafts()) await rm(path(file));
  await save(released);
});

const conflict = "<<<<<<< main\nOne.\n=======\nTwo.\n>>>>>>> branch\n";
const lines = released.split("\n").length;
const withReference = (target: string) =>
  released.replace(/^paths:\n/m, `paths:\n  /labels: { $ref: "${target}" }\n`);

test.each([
  ["a merge conflict in a changeset", ".changeset/mine.md", `---\n---\n\n${conflict}`, "mine.md:4 "],
  ["a merge conflict in the spec", "spec/openapi.yaml", released + conflict, `openapi.yaml:${lines}:`],
  [
    "a reference to a URL",
    "spec/openapi.yaml",
    withReference("https://example.com/labels.yaml"),
    "https://example.com/labels.yaml",
  ],
  ["a reference to a missing file", "spec/openapi.yaml", withReference("labels.yaml"), "labels.yaml"],
])("%s stops every command before it writes", async (_, file, text, place) => {
  await save(renamed(released));
  await writeFile(path(file), text);
  const before = await readFile(path("packages/types/src/generated/openapi.json"), "utf8");
  const commands = ["generate.js", "changeset-check.ts", "changeset-draft.ts", "version-packages.ts"];
  for (const command of commands) {
    const { code, stderr } = await script(command);
    expect({ command, code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(place) });
  }
  expect(await readFile(path("packages/types/src/generated/openapi.json"), "utf8")).toBe(before);
  expect(await drafts()).toEqual(file.endsWith(".md") ? [file] : []);
  await rm(path(".changeset/mine.md"), { force: true });
  await save(released);
});

test("accepted breaks with a merge conflict are reported with their file", async () => {
  await save(renamed(released));
  await writeFile(path("spec/accepted-breaks.yaml"), `- rule: other\n${conflict}`);
  const { code, stderr } = await script("generate.js");
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("accepted-breaks.yaml cannot be read"),
  });
  await rm(path("spec/accepted-breaks.yaml"));
  await save(released);
  await script("generate.js");
});

test.each(["changeset-check.ts", "changeset-draft.ts", "version-packages.ts"])(
  "%s refuses a spec from which nothing was generated",
  async (command) => {
    await save(renamed(released));
    const { code, stderr } = await script(command);
    expect(code).toBe(1);
    expect(stderr).toContain("packages/types/src/generated/openapi.json is out of date.");
    expect(stderr).toContain("Run `pnpm generate`");
    await save(released);
  },
);

test("CRLF line endings are not a change, in the spec and in changesets", async () => {
  const withCrlf = (text: string) => text.replaceAll("\n", "\r\n");
  const upToDate = /^All \d+ generated files are up to date\.\n$/;
  await save(released);
  await script("generate.js");
  await save(withCrlf(released));
  expect((await script("generate.js")).stdout).toMatch(upToDate);

  await save(withCrlf(deprecated));
  expect(await drafted()).toEqual(["minor"]);
  const [draft = ""] = await drafts();
  await writeFile(path(draft), withCrlf(await readFile(path(draft), "utf8")));
  expect((await script("generate.js")).stdout).toMatch(upToDate);
  await save(withCrlf(released));
  expect((await script("generate.js")).stdout).toContain(`removed ${draft}`);
  await save(released);
});

test("a spec in several files is released in one file, with which it is then equal", async () => {
  const paths = /^paths:\n([^]*?)(?=^\w)/m;
  const [, items = ""] = paths.exec(released) ?? [];
  const inner = items
    .replace(/^  /gm, "")
    .replaceAll('"#/', '"openapi.yaml#/')
    .replaceAll("'#/", "'openapi.yaml#/");
  await writeFile(path("spec/paths.yaml"), inner);
  await save(released.replace(paths, "paths: { $ref: paths.yaml }\n"));
  const severity = () => evaluate(`return (await (await load("spec-files")).specDiff()).severity;`);
  expect(await severity()).toBe("patch");
  const text = await evaluate(`
    const { bundledText, loadContract } = await load("spec-files");
    return bundledText(await loadContract());`);
  await writeFile(path("spec/released/openapi.yaml"), String(text));
  await evaluate(`
    const { identifySpec, loadContract } = await load("spec-files");
    const { writeSpecIdentity } = await load("published-packages");
    await writeSpecIdentity("packages/types", await identifySpec(await loadContract()));
    return true;`);
  expect(await severity()).toBe("none");
  await writeFile(path("spec/paths.yaml"), `# A comment.\n${inner}`);
  expect(await severity()).toBe("patch");

  await writeFile(path("spec/paths.yaml"), inner.replace(/^  get:\n/m, "  get:\n    deprecated: true\n"));
  expect(await severity()).toBe("minor");
  await writeFile(path("spec/released/openapi.yaml"), released);
  await save(released);
  await rm(path("spec/paths.yaml"));
});

test("api-report --check fails when the reports do not exist", async () => {
  const { code, stderr } = await script("api-report.ts", "--check");
  expect(code).toBe(1);
  expect(stderr).toContain("scripts/dist/api-reports lacks types.api.md, client.api.md");
  expect(stderr).toContain("pnpm api:report");
});
