import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Outcome, runProgram } from "./program.ts";

const tsc = fileURLToPath(new URL("../bin/tsc", import.meta.resolve("typescript")));

/** A fenced code block of a Markdown file (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
export interface CodeBlock {
  /** The path of the Markdown file, as error messages show it. */
  readonly file: string;
  /** The line of the first line of code, from 1. */
  readonly line: number;
  /** The first word after the fence, or an empty string. */
  readonly language: string;
  readonly code: string;
}

/**
 * Finds every code block, including indented ones in lists.
 * @throws Error if a block has no end.
 */
export function codeBlocksIn(file: string, markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const [, indent = "", fence = "", language = ""] =
      /^([ \t>]*)(`{3,}|~{3,})[ \t]*([^\s`]*)/.exec(lines[at] ?? "") ?? [];
    if (fence === "") continue;
    const line = at + 2;
    const code: string[] = [];
    const end = new RegExp(`^[ \\t>]*${fence}[\\s${fence[0]}]*$`);
    for (at++; !end.test(lines[at] ?? ""); at++) {
      const text = lines[at];
      if (text === undefined) throw new Error(`${file}:${line - 1}: the code block has no end.`);
      code.push(text.startsWith(indent) ? text.slice(indent.length) : text);
    }
    blocks.push({ file, line, language, code: `${code.join("\n")}\n` });
  }
  return blocks;
}

/**
 * Code blocks as programs in a folder. Each program starts with empty lines, so that the line numbers in messages of the compiler
 * and of Node equal those of the Markdown file.
 */
export class BlockPrograms {
  readonly #folder: string;
  readonly #blocks: readonly CodeBlock[];

  private constructor(folder: string, blocks: readonly CodeBlock[]) {
    this.#folder = folder;
    this.#blocks = blocks;
  }

  /** @param folder A folder from which Node resolves the packages that the blocks import. */
  static async write(folder: string, blocks: readonly CodeBlock[]): Promise<BlockPrograms> {
    for (const block of blocks) {
      const text = "\n".repeat(block.line - 1) + block.code;
      for (const extension of ["ts", "mjs"]) {
        const path = join(folder, nameOf(block, extension));
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      }
    }
    return new BlockPrograms(folder, blocks);
  }

  /** Type-checks every block with the options of a strict project. */
  async compile(): Promise<Outcome> {
    const compilerOptions = {
      noEmit: true,
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noPropertyAccessFromIndexSignature: true,
      module: "nodenext",
      target: "es2022",
      lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable", "esnext.disposable"],
      resolveJsonModule: true,
      verbatimModuleSyntax: true,
      types: ["node"],
    };
    const files = this.#blocks.map((block) => nameOf(block, "ts"));
    await writeFile(join(this.#folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    return this.#withMarkdownNames(
      await runProgram(tsc, ["-p", this.#folder, "--pretty", "false"], {}, this.#folder),
    );
  }

  /** Runs a block as a program. */
  async run(
    block: CodeBlock,
    extension: "ts" | "mjs",
    env: NodeJS.ProcessEnv,
    workingDirectory: string,
  ): Promise<Outcome> {
    const program = join(this.#folder, nameOf(block, extension));
    return this.#withMarkdownNames(await runProgram(program, [], env, workingDirectory));
  }

  /** Replaces the names of the programs in the output with those of the Markdown files. */
  #withMarkdownNames({ code, stdout, stderr }: Outcome): Outcome {
    const replace = (text: string) => {
      let result = text
        .replaceAll(pathToFileURL(`${this.#folder}/`).href, "")
        .replaceAll(`${this.#folder}/`, "");
      for (const block of this.#blocks) {
        for (const extension of ["ts", "mjs"])
          result = result.replaceAll(nameOf(block, extension), block.file);
      }
      return result;
    };
    return { code, stdout: replace(stdout), stderr: replace(stderr) };
  }
}

function nameOf({ file, line }: CodeBlock, extension: string): string {
  return `${file}.${line}.${extension}`;
}
