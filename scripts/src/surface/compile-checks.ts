import ts from "typescript";

/** A program of modules that exist only in memory. */
export interface VirtualModules {
  /** The code of each module, by its path without an extension, such as `/base/client`. */
  readonly code: ReadonlyMap<string, string>;
  /** Maps an import of a module to a path; `undefined` for an unknown module, whose exports have the type `any`. */
  resolve(specifier: string, from: string): string | undefined;
}

/**
 * Compiles TypeScript lines against modules.
 *
 * @returns For each line, the most specific part of the compiler's first error; `undefined` for a line that compiles.
 */
export function compileChecks(
  modules: VirtualModules,
  head: string,
  lines: readonly string[],
): (string | undefined)[] {
  const main = "/checks.ts";
  const files = new Map([...modules.code].map(([path, code]) => [`${path}.d.ts`, code]));
  files.set(main, [head, ...lines].join("\n"));
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    skipLibCheck: true,
    noEmit: true,
    noErrorTruncation: true,
  };
  const host = ts.createCompilerHost(options);
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (path, target) => {
    const code = files.get(path);
    return code === undefined ? readSource(path, target) : ts.createSourceFile(path, code, target);
  };
  host.fileExists = (path) => files.has(path);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      const path = files.has(`${text}.d.ts`) ? text : modules.resolve(text, from);
      const resolvedModule =
        path === undefined ? undefined : { resolvedFileName: `${path}.d.ts`, extension: ts.Extension.Dts };
      return { resolvedModule };
    });
  const program = ts.createProgram([main], options, host);
  const source = program.getSourceFile(main);
  const problems = new Map<number, string>();
  for (const { start, messageText } of program.getSemanticDiagnostics(source)) {
    const line = source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
    const text = ts
      .flattenDiagnosticMessageText(messageText, "\n")
      .split("\n")
      .slice(-2)
      .map((part) => part.trim());
    if (!problems.has(line)) problems.set(line, text.join(" ").replace(/import\("[^"]*"\)\.|\.$/g, ""));
  }
  return lines.map((_, index) => problems.get(index + 1));
}
