import { parseYaml } from "@redocly/openapi-core";
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtempDisposable, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { buildModel } from "../../src/model/build-model.ts";
import { emitFiles } from "../../src/emit/emit-files.ts";
import { loadSpec } from "../../src/spec/load/load-spec.ts";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const ownSpec = join(root, "spec/openapi.yaml");
const generator = join(root, "scripts/src/commands/generate.js");
const compiler = join(root, "node_modules/typescript/bin/tsc");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** Runs a Node program to its end. */
export async function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const child = start(args, surroundings);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

function start(
  args: readonly string[],
  { cwd = root, env = {} }: Surroundings,
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, args, {
    cwd,
    env: { NODE_COMPILE_CACHE: join(root, "node_modules/.cache/node"), ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs the generator to its end. */
export function generate(args: readonly string[], surroundings?: Surroundings): Promise<Outcome> {
  return run([generator, ...args], surroundings);
}

/** Starts the generator, which is killed at the end of the scope. */
export function startGenerate(
  args: readonly string[],
  surroundings: Surroundings,
): ReturnType<typeof start> & AsyncDisposable {
  const child = start([generator, ...args], surroundings);
  const exit = once(child, "close");
  return Object.assign(child, {
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await exit;
    },
  });
}

/** An empty folder, which is removed at the end of the scope. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  return await mkdtempDisposable(join(await realpath(tmpdir()), "generate-test-"));
}

/** Writes a spec into a temporary folder. `out` is a folder for the generated files. */
export async function writeSpec(text: string): Promise<AsyncDisposable & SpecFolder> {
  const folder = await temporaryFolder();
  const file = join(folder.path, "spec.yaml");
  await writeFile(file, text);
  return {
    path: folder.path,
    file,
    out: join(folder.path, "out"),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

interface SpecFolder {
  readonly path: string;
  readonly file: string;
  readonly out: string;
}

/** Every file below a folder, but hidden ones: its name from there, and its text. */
export async function filesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name));
  const files = paths
    .toSorted()
    .map(async (path) => [nameIn(folder, path), await readFile(path, "utf8")] as const);
  return new Map(await Promise.all(files));
}

function nameIn(folder: string, path: string): string {
  return relative(folder, path).replaceAll(sep, "/");
}

/** The generated files of a spec, without writing them. */
export async function layersOf(spec: string): Promise<Map<string, string>> {
  const { model } = buildModel((await loadSpec(spec)).document, "the spec");
  const files = emitFiles(model, { code: "", docs: "", standalone: true }, "of the spec");
  return new Map([...files].map(([path, content]) => [path.slice(1), content]));
}

/** A small OpenAPI document with this in it. */
export function api(rest: string, version = "3.1.0"): string {
  return `openapi: ${version}\ninfo: { title: Test, version: "1" }\n${rest}`;
}

/** The number of the first line that holds the text. */
export function lineOf(source: string, wanted: string): number {
  const index = source.indexOf(wanted);
  if (index === -1) throw new Error(`There is no ${wanted}.`);
  return source.slice(0, index).split("\n").length;
}

export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly pointer: string | undefined;
  readonly message: string;
  readonly remedy: string;
}

/** The problems that the generator told of. */
export function problemsIn(stderr: string): Problem[] {
  const problem =
    /^(?:error|warning|info) {2}(?<file>\S.*?):(?<line>\d+):\d+ {2}(?<message>.+?)(?: {2}\((?<pointer>#.*)\))?\n {2}(?<remedy>.+)$/gm;
  return [...stderr.matchAll(problem)].map(({ groups = {} }) => ({
    file: groups["file"] ?? "",
    line: Number(groups["line"]),
    pointer: groups["pointer"],
    message: groups["message"] ?? "",
    remedy: groups["remedy"] ?? "",
  }));
}

/**
 * Compiles every module below a folder, as strictly as this repository's own code, and more: names that nothing uses
 * are errors too. Gives the errors of each file that has any.
 */
export async function compile(folder: string): Promise<Map<string, string[]>> {
  const configuration = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      noEmit: true,
      composite: false,
      noUnusedLocals: true,
      lib: ["es2022", "dom", "dom.iterable"],
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
    },
    include: ["."],
  };
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(configuration));
  const { code, stdout, stderr } = await run([compiler, "-p", ".", "--pretty", "false"], { cwd: folder });
  const errors = new Map<string, string[]>();
  for (const { groups = {} } of stdout.matchAll(/^(?<file>.+?)\((?<error>\d+,\d+\): error .+)$/gm)) {
    const { file = "", error = "" } = groups;
    errors.set(file, [...(errors.get(file) ?? []), error]);
  }
  if (code !== 0 && errors.size === 0) throw new Error(stdout + stderr);
  return errors;
}

export interface Table {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The first table of a Markdown text. A bar ends a cell, unless there is a backslash before it. */
export function tableIn(markdown: string): Table {
  const [table] = /^\|.*\n\|(?: --- \|)+\n(?:\|.*\n)*/m.exec(markdown) ?? [];
  if (table === undefined) throw new Error(`There is no table in ${markdown}`);
  const [headers = [], , ...rows] = table.trimEnd().split("\n").map(cells);
  return { headers, rows };
}

function cells(line: string): string[] {
  return line
    .replace(/^\| | \|$/g, "")
    .split(/ \| /)
    .map((cell) => cell.trim());
}

/** The section of a Markdown text below a heading, up to the next heading that is no deeper. */
export function sectionOf(markdown: string, heading: string): string {
  const depth = /^#+/.exec(heading)?.[0].length;
  const [, after] = markdown.split(`\n${heading}\n`);
  if (after === undefined) throw new Error(`There is no ${heading}.`);
  return after.split(new RegExp(`^#{1,${depth}} `, "m"), 1)[0] ?? "";
}

/** The links between pages that lead nowhere: to a file that is not there, or to a heading that the file has not. */
export function brokenLinks(pages: ReadonlyMap<string, string>): string[] {
  const broken: string[] = [];
  for (const [name, page] of pages) {
    for (const [, target = ""] of proseOf(page).matchAll(/\]\(([^()\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [file = "", fragment] = target.split("#");
      const path = file === "" ? name : join(name, "..", file).replaceAll(sep, "/");
      const found = pages.get(path);
      if (found === undefined || (fragment !== undefined && !fragmentsOf(found).has(fragment)))
        broken.push(`${name}: ${target}`);
    }
  }
  return broken;
}

/** The fragments that a page can be entered at, by GitHub's rule. */
function fragmentsOf(page: string): Set<string> {
  const headings = [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{Letter}\p{Number}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

function proseOf(page: string): string {
  return page.replace(/^```[^]*?^```/gm, "");
}

export async function readSpec(path: string): Promise<unknown> {
  return parseYaml(await readFile(path, "utf8"));
}

/** Returns the node at a path within a document. @throws Error if it is missing */
export function at(document: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((node, name) => {
    const found = memberOf(node, name);
    if (found === undefined) throw new Error(`There is no ${path.join("/")}.`);
    return found;
  }, document);
}

/** A member of a node of a document, if it has it. */
export function memberOf(node: unknown, name: string | number): unknown {
  return typeof node === "object" && node !== null ? (node as Record<string, unknown>)[name] : undefined;
}

export function entriesOf(node: unknown): [string, unknown][] {
  return typeof node === "object" && node !== null ? Object.entries(node) : [];
}

/** A text at a path within a document. */
export function textAt(document: unknown, ...path: readonly (string | number)[]): string {
  const text = at(document, ...path);
  if (typeof text !== "string") throw new Error(`${path.join("/")} is no text.`);
  return text;
}

/** The node itself, or what its `$ref` names. */
export function resolved(document: unknown, node: unknown): unknown {
  const reference = memberOf(node, "$ref");
  return typeof reference === "string" ? at(document, ...reference.replace("#/", "").split("/")) : node;
}

/** The parameters of an operation, with those of its path. */
export function parametersOf(document: unknown, pathItem: unknown, operation: unknown): unknown[] {
  return [pathItem, operation]
    .flatMap((node) => entriesOf(memberOf(node, "parameters")))
    .map(([, parameter]) => resolved(document, parameter));
}
