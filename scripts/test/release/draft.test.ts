import { expect, test } from "vitest";
import type { Severity } from "../../src/diff/severity.ts";
import type { Change, SpecDiff } from "../../src/diff/spec-diff.ts";
import { type ChangeItem, specItem, surfaceItem } from "../../src/release/change-item.ts";
import type { Declaration } from "../../src/release/declaration.ts";
import { demandOf, describeMissing } from "../../src/release/demand.ts";
import { decideDraft, type DraftState } from "../../src/release/decide-draft.ts";
import { amendDraft } from "../../src/release/amend-draft.ts";
import { draftChangeset, isAsDrafted, tells, withoutMark } from "../../src/release/draft.ts";
import type { SurfaceChange } from "../../src/surface/diff-surfaces.ts";

const change: Change = {
  severity: "major",
  rule: "parameter-became-required",
  kind: "changed",
  operationIds: ["listPets"],
  types: ["ListPetsParameters"],
  pointer: "#/paths/~1pets/get/parameters/0",
  line: 12,
  file: "head",
  message: "The query parameter `limit` is now required.",
};

const surface: SurfaceChange = {
  severity: "minor",
  kind: "added",
  path: "Options.timeout",
  words: "is new",
  package: "@isc-customizers/client",
  file: "etc/client.api.md",
  line: 7,
};

test("a change of the spec is told by its operations, what happened, its types and its line", () => {
  expect(specItem(change).text).toBe(
    "`listPets`: The query parameter `limit` is now required. (`ListPetsParameters`, spec/openapi.yaml:12)",
  );
});

test("what the message names already is not named again, and of many operations only some are", () => {
  const message = "`listPets` has another `description` than `ListPetsParameters`.";
  expect(specItem({ ...change, message }).text).toBe(`${message} (spec/openapi.yaml:12)`);
  const operationIds = ["a", "b", "c", "d", "e", "f"];
  expect(specItem({ ...change, operationIds }).text).toMatch(/^`a`, `b`, `c`, `d` and 2 more: The query/);
});

test("what is gone stands in the released spec, and what has no line at its pointer", () => {
  expect(specItem({ ...change, file: "base" }).text).toContain("spec/released/openapi.yaml:12)");
  expect(specItem({ ...change, line: undefined }).text).toContain(", #/paths/~1pets/get/parameters/0)");
});

test("a change of the public types is told by package, type and report", () => {
  expect(surfaceItem(surface).text).toBe(
    "`Options.timeout` of `@isc-customizers/client` is new. (etc/client.api.md:7)",
  );
});

const item = (severity: ChangeItem["severity"], text: string, packages = ["a"]): ChangeItem => ({
  severity,
  packages,
  text,
});

test("a draft declares for each package its gravest change, and tells the gravest first", () => {
  const items = [item("patch", "three", ["a", "b"]), item("major", "one"), item("minor", "two", ["b"])];
  const draft = draftChangeset("It has changed.", [...items, item("patch", "three", ["a", "b"])]);
  expect(withoutMark(draft)).toBe(
    `---
"a": major
"b": minor
---

It has changed.

Breaking:

- one

Added:

- two

Also:

- three
`,
  );
});

test("a draft is known by its mark, until a word of it is changed", () => {
  const draft = draftChangeset("It has changed.", [item("minor", "two"), item("patch", "three")]);
  expect(isAsDrafted(draft)).toBe(true);
  for (const reworded of [
    draft.replace("two", "2"),
    draft.replace("minor", "major"),
    `${draft}More.\n`,
    withoutMark(draft),
  ])
    expect(isAsDrafted(reworded)).toBe(false);
});

test("a changeset in other words tells a change when it has its names", () => {
  const changed = specItem(change);
  expect(tells("You have to give `limit` to `listPets` (`ListPetsParameters`).", changed)).toBe(true);
  expect(tells("You have to give `limit`.", changed)).toBe(false);
});

test("to a reworded draft is added what it does not declare and tell, and nothing of it is lost", () => {
  const draft = draftChangeset("It has changed.", [item("minor", "`two` is new.", ["a", "b", "c"])]);
  const mine = draft.replace("`two` is new.", "At last there is `two`!").replace('"c": minor', '"c": major');
  const items = [
    item("minor", "`two` is new.", ["a", "b", "c"]),
    item("major", "`one` is gone.", ["b", "c", "d"]),
  ];
  const severities = new Map<string, Severity>([
    ["a", "minor"],
    ["b", "minor"],
    ["c", "major"],
  ]);
  const amended = amendDraft({ text: mine, severities }, items);
  expect(amended).toBe(`---
"a": minor
"b": major
"c": major
"d": major
---

It has changed.

Added:

- At last there is \`two\`!

Breaking:

- \`one\` is gone.
`);
  expect(isAsDrafted(amended)).toBe(false);
});

test.each<[form: string, releases: string, amended: string]>([
  ["single quotes", "'a': minor", "'a': major"],
  ["no quotes, and a space before the colon", "a : minor", "a: major"],
  ["an indent", '  "a": minor', '"a": major'],
  [
    "comments and a package of their own",
    '# ours\n"z": patch # later\n"a": minor # more?',
    '# ours\n"z": patch # later\n"a": major # more?',
  ],
  ["one line", "{ a: minor }", "{ a: major }"],
  ["nothing", "", '"a": major'],
])("what is declared with %s is declared more, and nothing twice", (_, releases, amended) => {
  const severities = new Map<string, Severity>(releases.includes("minor") ? [["a", "minor"]] : []);
  const items = [item("major", "`one` is gone.")];
  const draft = `---\n${releases}\n---\n\nAt last!`;
  const text = `---\n${amended}\n---\n\nAt last!\n\nBreaking:\n\n- \`one\` is gone.\n`;
  expect(amendDraft({ text: draft, severities }, items)).toBe(text);
  const again = { text, severities: new Map<string, Severity>([["a", "major"]]) };
  expect(amendDraft(again, items)).toBe(text);
});

test.each([
  ["on the next line", "More.\n", "\nMore.\n"],
  ["after an empty line", "\nMore.\n", "\nMore.\n"],
])("what a person adds below the mark, %s, is a paragraph of its own", (_, added, expected) => {
  const draft = draftChangeset("It has changed.", [item("minor", "two")]);
  expect(withoutMark(`${draft}${added}`)).toBe(`${withoutMark(draft)}${expected}`);
});

test("an editor that takes the last newline away does not bring the mark into a changelog", () => {
  const draft = draftChangeset("It has changed.", [item("minor", "two")]);
  expect(withoutMark(draft.trimEnd())).toBe(withoutMark(draft));
});

const diff: SpecDiff = { severity: "major", changes: [change, { ...change, severity: "patch" }] };

const types = "@isc-customizers/types";
const client = "@isc-customizers/client";
const mock = "@isc-customizers/mock-tenant";
const says = (text: string, severities: Record<string, Severity>): Declaration => ({
  text,
  severities: new Map(Object.entries(severities)),
});
const both = (severity: Severity) => ({ [types]: severity, [client]: severity });

test.each<[declared: Record<string, Severity>[], gravest: Severity, undeclared: number]>([
  [[], "none", 3],
  [[both("patch")], "patch", 2],
  [[both("minor"), both("patch")], "minor", 1],
  [[both("patch"), both("major")], "major", 0],
  [[{ [mock]: "major" }], "major", 3],
  [[{ [client]: "major" }], "major", 2],
  [[{ [client]: "major" }, { [types]: "patch" }], "major", 1],
  [[{ [client]: "major" }, { [types]: "major" }], "major", 0],
])(
  "of major, minor and patch, %j leaves undeclared what is graver, package by package: %#",
  (pending, declared, undeclared) => {
    const demand = demandOf(
      diff,
      [surface],
      pending.map((severities, index) => ({ id: `${index}`, ...says("", severities) })),
    );
    expect(demand).toMatchObject({ demanded: "major", declared });
    expect(demand.undeclared).toHaveLength(undeclared);
    const missing = describeMissing(demand, pending.length);
    if (undeclared === 0) expect(missing).toBe("");
    else expect(missing).toContain("demand major:\n\n  major  `listPets`");
  },
);

test("what is missing names the packages that it is missing of", () => {
  const pending = [{ id: "mine", ...says("", both("major")) }];
  const ofMock = demandOf(diff, [{ ...surface, package: mock }], pending);
  expect(describeMissing(ofMock, 1)).toMatch(
    /declare too little of a package, and .* demand minor:\n\n {2}minor {2}`Options.timeout` .*\n +of @isc-customizers\/mock-tenant\n/,
  );
});

const told = [specItem(change)];
const draftOf = (...changes: Change[]) => draftChangeset("Changed.", changes.map(specItem));
const written = draftOf(change);
const reworded = written.replace("The query parameter", "From now on the query parameter");
const mine = "You have to give `limit` to `listPets` (`ListPetsParameters`).";

test.each<[string, Partial<DraftState>, ReturnType<typeof decideDraft>]>([
  ["nothing is pending", {}, "write"],
  ["what is pending declares less", { byHand: says(mine, both("minor")) }, "write"],
  ["what is pending is of another package", { byHand: says(mine, { [mock]: "major" }) }, "write"],
  ["what is pending lacks a package", { byHand: says(mine, { [client]: "major" }) }, "write"],
  ["what people wrote declares enough", { byHand: says(mine, both("major")) }, "nothing"],
  [
    "what people wrote declares enough of something else",
    { byHand: says("`getPet` is gone.", both("major")) },
    "write",
  ],
  ["nothing has changed", { items: [] }, "nothing"],
  ["nothing has changed any more", { items: [], draft: says(written, both("major")) }, "remove"],
  [
    "nothing has changed any more, and it was reworded",
    { items: [], draft: says(reworded, both("major")) },
    "outlived",
  ],
  ["it is there", { draft: says(written, both("major")) }, "nothing"],
  [
    "it is there, and its lines moved",
    { draft: says(draftOf({ ...change, line: 11 }), both("major")) },
    "write",
  ],
  [
    "it is there, and tells what has not changed any more",
    { draft: says(draftOf({ ...change, message: "`offset` is gone." }), both("major")) },
    "write",
  ],
  ["it is there in other words", { draft: says(reworded, both("major")) }, "nothing"],
  ["it is there in other words, and declares less", { draft: says(reworded, both("minor")) }, "amend"],
  [
    "it is there in other words, of another change",
    { draft: says("`getPet`", both("major")), byHand: says(mine, both("major")) },
    "amend",
  ],
])("a draft where %s: %#", (_, state, done) => {
  const none = says("", {});
  expect(decideDraft({ items: told, text: written, byHand: none, draft: undefined, ...state })).toBe(done);
});
