import { expect, test } from "vitest";
import { diffSurfaces } from "../../src/surface/diff-surfaces.ts";
import type { Report } from "../../src/surface/report.ts";

const report = (code: string): Report => ({
  package: "x",
  file: "etc/x.api.md",
  text: `## API Report File for "x"\n\n> Do not edit.\n\n\`\`\`ts\n\n${code}\n\n\`\`\`\n`,
});
const reports = (code: string): Map<string, Report> => new Map([["x", report(code)]]);

/** What a program reads, what it writes, and what it does both with. */
const around = (code: string) => `
export function read(options?: Options, callback?: (event: Event_2) => void): Promise<Result>;
${code}`;

const options = (members: string) => around(`export interface Options { ${members} }`);
const schemas = (members: string) => `export interface components { schemas: { ${members} } }`;
const result = (members: string) => around(`export interface Result { ${members} }`);
const event = (members: string) => around(`export interface Event_2 { ${members} }`);
const classA = (members: string) => around(`export class A { ${members} }`);

type Rated = [title: string, base: string, head: string, found: readonly string[]];

test.each<Rated>([
  ["nothing", options("a: string"), options("a: string"), []],
  ["another order", options("a: string; b: 1 | 2"), options("b: 2 | 1; a: string"), []],
  ["a comment", options("a: string"), options("/* (undocumented) */ a: string"), []],
  ["the keyword `override`", classA("a: 1; static b: 2"), classA("override a: 1; static override b: 2"), []],
  ["a declaration more", around(""), around("export type A = string;"), ["minor A is new"]],
  ["a declaration less", around("export type A = string;"), around(""), ["major A is gone"]],
  [
    "one that cannot be imported any more",
    around("export type A = 1;"),
    around("type A = 1;"),
    ["major A is gone"],
  ],
  ["one that nobody could import", around("type A = 1;"), around(""), []],
  ["a re-export less", around('export * from "y";'), around(""), ['major `export * from "y";` is gone']],
  [
    "another kind",
    around("export type A = {};"),
    around("export interface A {}"),
    ["major A is `interface A` where it was `type A`"],
  ],
  ["an optional option", options(""), options("a?: string"), ["minor Options.a is new"]],
  ["a required option", options(""), options("a: string"), ["major Options.a is new, and has to be given"]],
  ["an option made required", options("a?: 1"), options("a: 1"), ["major Options.a is no longer optional"]],
  ["an option made optional", options("a: 1"), options("a?: 1"), ["minor Options.a is now optional"]],
  [
    "an option that takes more",
    options("a: string"),
    options("a: string | null"),
    ["minor Options.a may now be `null` too"],
  ],
  [
    "an option that takes less",
    options("a: string | null"),
    options("a: string"),
    ["major Options.a is `string` where it was `string | null`"],
  ],
  [
    "an option of another type",
    options("a: string"),
    options("a: number"),
    ["major Options.a is `number` where it was `string`"],
  ],
  [
    "a schema that only a new option sends",
    `${schemas("Pet: { a: 1 }")} ${options('pet: components["schemas"]["Pet"]')}`,
    `${schemas("Pet: { a: 1 }; Tag: { b: 2 }")} ${options('pet: components["schemas"]["Pet"]; tag?: components["schemas"]["Tag"]')}`,
    ["minor components.schemas.Tag is new", "minor Options.tag is new"],
  ],
  [
    "a shared parameter",
    "export interface components { parameters: { Limit: number } }",
    "export interface components { parameters: { Limit: number; Offset: number } }",
    ["minor components.parameters.Offset is new"],
  ],
  [
    "a required member of a schema that is sent",
    `${schemas("Pet: { a: 1 }")} ${options('pet: components["schemas"]["Pet"]')}`,
    `${schemas("Pet: { a: 1; b: 2 }")} ${options('pet: components["schemas"]["Pet"]')}`,
    ["major components.schemas.Pet.b is new, and has to be given"],
  ],
  ["a member of a result", result(""), result("a: string"), ["minor Result.a is new"]],
  ["a member of a result that is gone", result("a: string"), result(""), ["major Result.a is gone"]],
  [
    "a result that is surer",
    result("a?: string"),
    result("a: string"),
    ["minor Result.a is no longer optional"],
  ],
  [
    "a result that is less sure",
    result("a: string"),
    result("a?: string"),
    ["major Result.a is now optional"],
  ],
  [
    "a result that may be null",
    result("a: string"),
    result("a: string | null"),
    ["major Result.a may now be `null` too"],
  ],
  [
    "a value more of an enumeration",
    result('a: "x"'),
    result('a: "x" | "y"'),
    ['minor Result.a may now be `"y"` too'],
  ],
  [
    "a value less of an enumeration",
    result('a: "x" | "y"'),
    result('a: "x"'),
    ['major Result.a is `"x"` where it was `"x" | "y"`'],
  ],
  ["a result made readonly", result("a: 1"), result("readonly a: 1"), ["major Result.a is now readonly"]],
  ["what a callback is given", event(""), event("a: string"), ["minor Event_2.a is new"]],
  [
    "what a callback is given no more",
    event("a?: string"),
    event("a: string"),
    ["minor Event_2.a is no longer optional"],
  ],
  [
    "a method that users implement",
    options("m(): void"),
    options("m(): void; n(): void"),
    ["major Options.n is new, and has to be given"],
  ],
  [
    "an argument more of what users implement",
    options("m(): void"),
    options("m(a: 1): void"),
    ["minor Options.m(a) is new"],
  ],
  ["a method of a result", result("m(): void"), result("m(): void; n(): void"), ["minor Result.n is new"]],
  ["an optional argument", result("m(): void"), result("m(a?: 1): void"), ["minor Result.m(a) is new"]],
  [
    "a required argument",
    result("m(): void"),
    result("m(a: 1): void"),
    ["major Result.m(a) is new, and has to be given"],
  ],
  [
    "an argument that must be given",
    result("m(a?: 1): void"),
    result("m(a: 1): void"),
    ["major Result.m(a) is no longer optional"],
  ],
  ["an argument of another name", result("m(a: 1): void"), result("m(b: 1): void"), []],
  ["an argument less", result("m(a: 1): void"), result("m(): void"), ["major Result.m(a) is gone"]],
  [
    "an argument where none could be",
    result("m(a?: Record<string, never>): void"),
    result("m(a?: { b?: 1 }): void"),
    ["minor Result.m(a) is `{ b?: 1; }` where it was `Record<string, never>`"],
  ],
  [
    "another answer",
    result("m(): string"),
    result("m(): number"),
    ["major Result.m is `number` where it was `string`"],
  ],
  [
    "one more way to call",
    result("m(a: 1): 1"),
    result("m(a: 1): 1; m(a: 2): 2"),
    ["minor Result.m can be called in one more way"],
  ],
  [
    "a way to call less",
    result("m(a: 1): 1; m(a: 2): 2"),
    result("m(a: 1): 1; m(a: 3): 3"),
    ["major Result.m is declared in another way"],
  ],
  [
    "a type within a type",
    result("a: { b: { c: 1 }[] }"),
    result("a: { b: { c: 1; d: 2 }[] }"),
    ["minor Result.a.b.d is new"],
  ],
  [
    "an argument of a generic type",
    result("a: Promise<{ b: 1 }>"),
    result("a: Promise<{ b?: 1 }>"),
    ["major Result.a.b is now optional"],
  ],
  [
    "another base",
    around("export interface Result extends A {}"),
    around("export interface Result extends B {}"),
    ["major Result is made of `B` where it was of `A`"],
  ],
  [
    "a class that is constructed in another way",
    around("export class A { constructor(a: 1); }"),
    around("export class A { constructor(a: 1, b: 2); }"),
    ["major A.new(b) is new, and has to be given"],
  ],
  [
    "a function's overload",
    around("export function f(a: 1): 1;"),
    around("export function f(a: 1): 1;\nexport function f(a: 2): 2;"),
    ["minor f can be called in one more way"],
  ],
  [
    "an enumeration",
    around("export enum E { A = 1 }"),
    around("export enum E { A = 2 }"),
    ["major E is `export enum E { A = 2 }` where it was `export enum E { A = 1 }`"],
  ],
  [
    "a type parameter",
    around("export interface P<A> { a: A }"),
    around("export interface P<A, B> { a: A }"),
    ["major P is `interface P<A, B>` where it was `interface P<A>`"],
  ],
  [
    "a constant",
    around("export const c: { a: 1 };"),
    around("export const c: { a: 1; b: 2 };"),
    ["minor c.b is new"],
  ],
  [
    "an interface that no function leads to",
    around("export interface Free {}"),
    around("export interface Free { a: 1 }"),
    ["major Free.a is new, and has to be given"],
  ],
  [
    "a class that cannot be constructed any more",
    classA("a: 1;"),
    around("export abstract class A { a: 1; }"),
    ["major A is `abstract class A` where it was `class A`"],
  ],
  [
    "a member that is kept from users, next to a new one",
    classA("m(): void; p: 1;"),
    classA("protected m(): void; private p: 1; n: 1;"),
    [
      "major A.m is `protected` where it was `public`",
      "major A.p is `private` where it was `public`",
      "minor A.n is new",
    ],
  ],
  ["a setter less", classA("get a(): 1; set a(b: 1);"), classA("get a(): 1;"), ["major A.set a is gone"]],
  ["a setter more", classA("get a(): 1;"), classA("get a(): 1; set a(b: 1);"), ["minor A.set a is new"]],
  [
    "a getter next to a setter",
    classA("get a(): 1; set a(b: 1);"),
    classA("get a(): 2; set a(b: 1);"),
    ["major A.a is `2` where it was `1`"],
  ],
  [
    "a setter that takes more",
    classA("get a(): 1; set a(b: 1);"),
    classA("get a(): 1; set a(b: 1 | null);"),
    ["minor A.set a may now be `null` too"],
  ],
  [
    "a setter that takes less",
    classA("get a(): 1; set a(b: 1 | null);"),
    classA("get a(): 1; set a(b: 1);"),
    ["major A.set a is `1` where it was `1 | null`"],
  ],
  [
    "what a setter is given",
    `${classA("set a(b: Set);")} export interface Set {}`,
    `${classA("set a(b: Set);")} export interface Set { a: 1 }`,
    ["major Set.a is new, and has to be given"],
  ],
  [
    "overloads in another order",
    result("m(a: 1): 1; m(a: number): 2"),
    result("m(a: number): 2; m(a: 1): 1"),
    ["major Result.m is called in its ways in another order"],
  ],
  [
    "a function's overloads in another order",
    around("export function f(a: 1): 1;\nexport function f(a: number): 2;"),
    around("export function f(a: number): 2;\nexport function f(a: 1): 1;"),
    ["major f is called in its ways in another order"],
  ],
  [
    "a base that is only implemented",
    around("export class A extends B {}"),
    around("export class A implements B {}"),
    ["major A is declared in another way"],
  ],
  [
    "arguments that are one",
    result("m(...a: 1[]): void"),
    result("m(a?: 1[]): void"),
    ["major Result.m(a) is declared in another way"],
  ],
  [
    "a property where a getter was",
    classA("get a(): 1;"),
    classA("a: 1;"),
    ["major A.a is declared in another way"],
  ],
  [
    "another layout, order and comment",
    around("export class A implements B, C { a: (1 | 2)[]; m(b: { c: 1; d: 2 }): void; }"),
    around(
      "export class A implements C, B {\n  /** Does it. */\n  m(x: { d: 2, c: 1, }): void;\n  a: (\n | 2\n | 1)[];\n}",
    ),
    [],
  ],
])("%s", (_, base, head, found) => {
  const changes = diffSurfaces(reports(base), reports(head));
  expect(changes.map(({ severity, path, words }) => `${severity} ${path} ${words}`)).toEqual(found);
});

/** The shape that openapi-typescript gives an API: what is sent and what is answered are members of one type. */
const api = (sent: string, answered: string, query = "query?: never") => `
export function connect(): Raw<paths>;
export interface paths { "/a": { get: operations["a"]; put?: never } }
export interface operations { a: {
  parameters: { ${query} };
  requestBody: { content: components["schemas"]["Sent"] };
  responses: { 200: components["schemas"]["Answered"] };
} }
export interface components { schemas: { Sent: { ${sent} }; Answered: { ${answered} } } }`;

test.each<Rated>([
  [
    "a property to send",
    api("", ""),
    api("a: string", ""),
    ["major components.schemas.Sent.a is new, and has to be given"],
  ],
  [
    "a property that may be sent as null",
    api("a: string", ""),
    api("a: string | null", ""),
    ["minor components.schemas.Sent.a may now be `null` too"],
  ],
  [
    "a property of the answer",
    api("", ""),
    api("", "a: string"),
    ["minor components.schemas.Answered.a is new"],
  ],
  [
    "a first query parameter",
    api("", ""),
    api("", "", "query?: { a?: 1 }"),
    ["minor operations.a.parameters.query is `{ a?: 1; }` where it was `never`"],
  ],
  [
    "a required query parameter",
    api("", "", "query?: { a?: 1 }"),
    api("", "", "query: { a: 1 }"),
    [
      "major operations.a.parameters.query is no longer optional",
      "major operations.a.parameters.query.a is no longer optional",
    ],
  ],
  [
    "a new operation",
    api("", ""),
    api("", "").replace("put?: never", 'put: operations["b"]'),
    [
      "minor paths./a.put is no longer optional",
      'minor paths./a.put is `operations["b"]` where it was `never`',
    ],
  ],
])("of an API's types: %s", (_, base, head, found) => {
  const changes = diffSurfaces(reports(base), reports(head));
  expect(changes.map(({ severity, path, words }) => `${severity} ${path} ${words}`)).toEqual(found);
});

test("a change says where it can be seen: today's report, or the released one for what is gone", () => {
  const [gone, come] = diffSurfaces(reports("\nexport type A = 1;"), reports("export type B = 1;"));
  expect(gone).toMatchObject({ kind: "removed", package: "x", file: "etc/x.api.md", line: 8 });
  expect(come).toMatchObject({ kind: "added", line: 7 });
});

test("an entry that is gone is a break, and a new one is not", () => {
  const some = reports("export type A = 1;");
  expect(diffSurfaces(some, new Map())).toMatchObject([{ severity: "major", path: "the entry `x`" }]);
  expect(diffSurfaces(new Map(), some)).toMatchObject([{ severity: "minor", path: "the entry `x`" }]);
});

test("what one entry exports and another is made of is told once", () => {
  const code = (type: string) => `export function f(): Shared;\ninterface Shared { a: ${type} }`;
  const entries = (type: string) =>
    new Map([...reports(code(type)), ["y", report(code(type).replace("interface", "export interface"))]]);
  expect(diffSurfaces(entries("1"), entries("string"))).toHaveLength(1);
  expect(diffSurfaces(reports(code("1")), reports(code("string")))).toHaveLength(1);
});

test("a text that is no report is refused", () => {
  const broken = new Map([["x", { package: "x", file: "etc/x.api.md", text: "# Notes" }]]);
  expect(() => diffSurfaces(broken, broken)).toThrow("etc/x.api.md is no report of API Extractor's");
});
