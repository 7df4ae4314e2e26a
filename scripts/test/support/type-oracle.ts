import { readFileSync } from "node:fs";
import type { OpenAPI3 } from "../../src/spec/openapi.ts";
import ts from "typescript";
import { emitFiles } from "../../src/emit/emit-files.ts";
import { buildModel } from "../../src/model/build-model.ts";
import type { ApiModel } from "../../src/model/model.ts";

/** The types of the platform that generated modules name. A full `lib.dom.d.ts` takes most of the time of a check. */
const platform = `
interface Blob { readonly size: number; readonly type: string }
interface File extends Blob { readonly name: string }
interface FormData { append(name: string, value: string | Blob): void }
interface URLSearchParams { append(name: string, value: string): void }
interface ReadableStream<R = unknown> { readonly locked: boolean; getReader(): R }
interface Headers { get(name: string): string | null }
interface AbortSignal { readonly aborted: boolean }
interface Response { readonly status: number; readonly headers: Headers }
interface Request { readonly url: string }
interface RequestInit { signal?: AbortSignal | null }
`;

const options: ts.CompilerOptions = {
  allowImportingTsExtensions: true,
  lib: ["lib.es2022.d.ts"],
  module: ts.ModuleKind.NodeNext,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ES2022,
  types: [],
};

const libraries = ts.getDefaultLibFilePath(options).replace(/[^/\\]+$/, "");
const cache = new Map<string, ts.SourceFile>();

/** Two generated clients in memory, and code that was written against the first. */
export class TypeOracle {
  readonly #files = new Map<string, string>([["/platform.d.ts", platform]]);

  /**
   * The errors of TypeScript in code that calls the methods of the first document with the types of the second: what a caller
   * sent must still be assignable, and what comes back must be assignable to what came. Experimental methods are left out.
   */
  breaks(base: OpenAPI3, head: OpenAPI3): string[] {
    const old = this.#write("/old", base);
    const current = this.#write("/new", head);
    this.#files.set("/check.ts", checkOf(old, current));
    const host: ts.CompilerHost = {
      ...ts.createCompilerHost(options),
      directoryExists: () => true,
      fileExists: (name) => this.#read(name) !== undefined,
      readFile: (name) => this.#read(name),
      getSourceFile: (name, version) => {
        const known = cache.get(name);
        const text = this.#read(name);
        if (text === undefined) return undefined;
        if (known?.text === text) return known;
        const parsed = ts.createSourceFile(name, text, version, true);
        cache.set(name, parsed);
        return parsed;
      },
    };
    const program = ts.createProgram(["/platform.d.ts", "/check.ts"], options, host);
    const check = program.getSourceFile("/check.ts");
    return [...program.getSyntacticDiagnostics(check), ...program.getSemanticDiagnostics(check)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"),
    );
  }

  /** Code that sends an object literal has no interface, which would have no index signature. */
  #write(folder: string, document: OpenAPI3): ApiModel {
    const { model } = buildModel(structuredClone(document), "the spec");
    for (const [path, text] of emitFiles(model, { code: "", docs: "", standalone: true }, ""))
      this.#files.set(
        `${folder}${path}`,
        text.replace(/^export interface (\w+) \{$/gm, "export type $1 = {"),
      );
    return model;
  }

  #read(name: string): string | undefined {
    if (this.#files.has(name)) return this.#files.get(name);
    return name.startsWith(libraries) && name.endsWith(".d.ts") ? libraryText(name) : undefined;
  }
}

function libraryText(name: string): string | undefined {
  const known = cache.get(name)?.text;
  if (known !== undefined) return known;
  try {
    return readFileSync(name, "utf8");
  } catch {
    return undefined;
  }
}

function checkOf(old: ApiModel, current: ApiModel): string {
  const names = new Set(current.models.map(({ name }) => name));
  const models = old.models.map(({ name }) => name);
  const lines = old.operations
    .filter(({ experimental }) => experimental !== true)
    .map(({ id }) => JSON.stringify(id))
    .flatMap((id, index) => [
      `export const sent${index}: Sent<New[${id}]> = value<Sent<Old[${id}]>>();`,
      `export const data${index}: Data<Old[${id}]> = value<Awaited<ReturnType<New[${id}]>>>();`,
      `export const page${index}: Iterable<Old[${id}]> = value<Iterable<New[${id}]>>();`,
    ]);
  return [
    `import type { Methods as Old } from "./old/methods.ts";`,
    `import type { Methods as New } from "./new/methods.ts";`,
    ...models
      .filter((name) => !names.has(name))
      .map((name) => `import type { ${name} } from "./new/models.ts";`),
    `type Method = (...args: never[]) => unknown;`,
    `type Sent<M extends Method> = Parameters<M>[0];`,
    // No code can use a value of the type void.
    `type Data<M extends Method, D = Awaited<ReturnType<M>>> = void extends D ? unknown : D;`,
    `type Iterable<M extends Method> = ReturnType<M> extends AsyncIterable<unknown> ? true : boolean;`,
    `declare function value<T>(): T;`,
    ...lines,
  ].join("\n");
}
