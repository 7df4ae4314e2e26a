import { expect, test } from "vitest";
import { diffSurfaces } from "../../src/surface/diff-surfaces.ts";
import type { Report } from "../../src/surface/report.ts";

const report = (code: string, owner = "x"): Report => ({
  package: owner,
  file: "etc/x.api.md",
  text: `## API Report File for "x"\n\n> Do not edit.\n\n\`\`\`ts\n\n${code}\n\n\`\`\`\n`,
});

/** A function that takes options and a callback, and returns a result. */
const around = (code: string) => `
export function read(options?: Options, callback?: (event: Event_2) => void): Promise<Result>;
${code}`;

const options = (members: string) => around(`export interface Options { ${members} }`);
const result = (members: string) => around(`export interface Result { ${members} }`);
const event = (members: string) => around(`export interface Event_2 { ${members} }`);
const classA = (members: string) => around(`export class A { ${members} }`);
const schemas = (members: string) => `export interface components { schemas: { ${members} } }`;
const sentPet = options('pet: components["schemas"]["Pet"]');

type Row = readonly [title: string, base: string, head: string, ...found: string[]];

const breaksRead = "major read";
const rows: readonly Row[] = [
  ["nothing", options("a: string"), options("a: string")],
  ["another order", options("a: string; b: 1 | 2"), options("b: 2 | 1; a: string")],
  ["a comment", options("a: string"), options("/* (undocumented) */ a: string")],
  ["the keyword `override`", classA("a: 1; static b: 2"), classA("override a: 1; static override b: 2")],
  [
    "layout, order and names of parameters",
    around("export class A implements B, C { a: (1 | 2)[]; m(b: { c: 1; d: 2 }): void; }"),
    around(
      "export class A implements C, B {\n  /** Does it. */\n  m(x: { d: 2, c: 1, }): void;\n  a: (\n | 2\n | 1)[];\n}",
    ),
  ],
  ["a new declaration", around(""), around("export type A = string;"), "minor A"],
  ["a removed declaration", around("export type A = string;"), around(""), "major A"],
  ["a name that is no longer exported", around("export type A = 1;"), around("type A = 1;"), "major A"],
  ["a removed name that was never exported", around("type A = 1;"), around("")],
  ["a removed re-export", around('export * from "y";'), around(""), 'major `export * from "y";`'],
  [
    "an interface in place of an equal type alias",
    around("export type A = {};"),
    around("export interface A {}"),
    "minor A",
  ],
  ["a new optional option", options(""), options("a?: string"), "minor Options"],
  ["a new required option", options(""), options("a: string"), "minor Options", breaksRead],
  ["an option that becomes required", options("a?: 1"), options("a: 1"), "minor Options", breaksRead],
  ["an option that becomes optional", options("a: 1"), options("a?: 1"), "minor Options"],
  ["an option that accepts more", options("a: string"), options("a: string | null"), "minor Options"],
  [
    "an option that accepts less",
    options("a: string | null"),
    options("a: string"),
    "minor Options",
    breaksRead,
  ],
  ["an option of another type", options("a: string"), options("a: number"), "minor Options", breaksRead],
  [
    "a new schema that only a new option sends",
    `${schemas("Pet: { a: 1 }")} ${sentPet}`,
    `${schemas("Pet: { a: 1 }; Tag: { b: 2 }")} ${options('pet: components["schemas"]["Pet"]; tag?: components["schemas"]["Tag"]')}`,
    "minor Options",
    "minor components",
  ],
  [
    "a new required property of a schema that is sent",
    `${schemas("Pet: { a: 1 }")} ${sentPet}`,
    `${schemas("Pet: { a: 1; b: 2 }")} ${sentPet}`,
    "minor components",
    breaksRead,
  ],
  ["a new member of a result", result(""), result("a: string"), "minor Result"],
  ["a removed member of a result", result("a: string"), result(""), "minor Result", breaksRead],
  ["a member of a result that is now always there", result("a?: 1"), result("a: 1"), "minor Result"],
  ["a member of a result that may be missing", result("a: 1"), result("a?: 1"), "minor Result", breaksRead],
  ["a result that may be null", result("a: 1"), result("a: 1 | null"), "minor Result", breaksRead],
  ["a new enum value in a result", result('a: "x"'), result('a: "x" | "y"'), "minor Result"],
  ["a removed enum value in a result", result('a: "x" | "y"'), result('a: "x"'), "major Result"],
  ["a member of a result that becomes readonly", result("a: 1"), result("readonly a: 1"), "major Result"],
  ["a member that is no longer readonly", result("readonly a: 1"), result("a: 1"), "minor Result"],
  ["a new member of a callback's argument", event(""), event("a: string"), "minor Event_2"],
  ["a removed member of a callback's argument", event("a: 1"), event(""), "minor Event_2", breaksRead],
  [
    "a new method that users implement",
    options("m(): void"),
    options("m(): void; n(): void"),
    "minor Options",
    breaksRead,
  ],
  [
    "a new argument for a method that users implement",
    options("m(): void"),
    options("m(a: 1): void"),
    "minor Options",
  ],
  ["a new method of a result", result("m(): void"), result("m(): void; n(): void"), "minor Result"],
  ["a new optional argument", result("m(): void"), result("m(a?: 1): void"), "minor Result"],
  ["a new required argument", result("m(): void"), result("m(a: 1): void"), "minor Result", breaksRead],
  [
    "an argument that becomes required",
    result("m(a?: 1): void"),
    result("m(a: 1): void"),
    "minor Result",
    breaksRead,
  ],
  [
    "an argument that accepts less",
    result("m(a: string): void"),
    result("m(a: 1): void"),
    "minor Result",
    breaksRead,
  ],
  [
    "an argument in place of none",
    result("m(a?: Record<string, never>): void"),
    result("m(a?: { b?: 1 }): void"),
    "minor Result",
  ],
  ["another return type", result("m(): string"), result("m(): number"), "minor Result", breaksRead],
  ["a new overload", result("m(a: 1): 1"), result("m(a: 1): 1; m(a: 2): 2"), "minor Result"],
  [
    "a removed overload",
    result("m(a: 1): 1; m(a: 2): 2"),
    result("m(a: 1): 1; m(a: 3): 3"),
    "minor Result",
    breaksRead,
  ],
  [
    "a new property within a type",
    result("a: { b: { c: 1 }[] }"),
    result("a: { b: { c: 1; d: 2 }[] }"),
    "minor Result",
  ],
  [
    "a type argument that breaks",
    result("a: Promise<{ b: 1 }>"),
    result("a: Promise<{ b?: 1 }>"),
    "minor Result",
    breaksRead,
  ],
  [
    "a new required constructor argument",
    classA("constructor(a: 1);"),
    classA("constructor(a: 1, b: 2);"),
    "major A",
  ],
  [
    "a new overload of a function",
    "export function f(a: 1): 1;",
    "export function f(a: 1): 1;\nexport function f(a: 2): 2;",
    "minor f",
  ],
  ["another enum value", "export enum E { A = 1 }", "export enum E { A = 2 }", "major E"],
  [
    "a new type parameter",
    "export interface P<A> { a: A }",
    "export interface P<A, B> { a: A; b: B }",
    "major P",
  ],
  ["another use of a type parameter", "export type Q<A> = A[];", "export type Q<A> = Promise<A>;", "major Q"],
  [
    "a class whose type parameter is used differently",
    "export class R<A> { a(): A }",
    "export class R<A> { a(): A[] }",
    "major R",
  ],
  ["a constant", "export const c: { a: 1 };", "export const c: { a: 1; b: 2 };", "minor c"],
  [
    "a new required property of a type that no value uses",
    "export interface Free {}",
    "export interface Free { a: 1 }",
    "major Free",
  ],
  ["a class that becomes abstract", classA("a: 1;"), around("export abstract class A { a: 1; }"), "major A"],
  ["a method that becomes protected", classA("m(): void;"), classA("protected m(): void;"), "major A"],
  ["a new private member", classA("a: 1;"), classA("a: 1; private b: 2; #private;")],
  [
    "a type predicate that becomes a boolean",
    "export function f(a: unknown): a is 1;",
    "export function f(a: unknown): boolean;",
    "major f",
  ],
];

const titles = new Map(rows.map(([title], index) => [`x${index}`, title]));
const reports = (side: 1 | 2) =>
  new Map(rows.map((row, index) => [`x${index}`, report(row[side], `x${index}`)]));
// One program for all rows.
const found = Map.groupBy(diffSurfaces(reports(1), reports(2)), (change) => titles.get(change.package));

test.each(rows)("%s", (title, _base, _head, ...expected) => {
  const changes = (found.get(title) ?? []).map(({ severity, path }) => `${severity} ${path}`);
  expect(changes.toSorted()).toEqual(expected.toSorted());
});

test("a break has the compiler's explanation, and an addition its names", () => {
  const words = (title: string) => (found.get(title) ?? []).map((change) => change.words);
  expect(words("a new required option")).toContainEqual(
    expect.stringMatching(/^breaks existing code: .*'a' is missing in type/),
  );
  expect(words("a new optional option")).toEqual(["has new members: `a`"]);
  expect(words("a removed enum value in a result")).toEqual(['no longer has the value `"y"`']);
});

test("a change of a type in one package breaks a function of another that takes it", () => {
  const entries = (type: string) =>
    new Map([
      ["types", report(`export interface Shared { a: ${type} }`, "types")],
      [
        "client",
        report('import { Shared } from "types";\nexport function f(shared: Shared): void;', "client"),
      ],
    ]);
  const changes = diffSurfaces(entries("string"), entries("1"));
  expect(changes).toMatchObject([
    { severity: "minor", package: "types", path: "Shared" },
    { severity: "major", package: "client", path: "f" },
  ]);
});

test("a change names the new report, and the released one for a removed name", () => {
  const one = (code: string) => new Map([["x", report(code)]]);
  const [gone, come] = diffSurfaces(one("\nexport type A = 1;"), one("export type B = 1;"));
  expect(gone).toMatchObject({ kind: "removed", package: "x", file: "etc/x.api.md", line: 8 });
  expect(come).toMatchObject({ kind: "added", line: 7 });
});

test("a removed entry is a break, and a new one is not", () => {
  const some = new Map([["x", report("export type A = 1;")]]);
  expect(diffSurfaces(some, new Map())).toMatchObject([{ severity: "major", path: "the entry `x`" }]);
  expect(diffSurfaces(new Map(), some)).toMatchObject([{ severity: "minor", path: "the entry `x`" }]);
});

test("a text that is no report is refused", () => {
  const broken = new Map([["x", { package: "x", file: "etc/x.api.md", text: "# Notes" }]]);
  expect(() => diffSurfaces(broken, broken)).toThrow("etc/x.api.md is not a report of API Extractor");
});
