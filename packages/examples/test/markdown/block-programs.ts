import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Outcome, runProgram } from "../program.ts";
import type { CodeBlock } from "./read-markdown.ts";

const tsc = fileURLToPath(new URL("../bin/tsc", import.meta.resolve("typescript")));

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

  /** Type-checks every block with the options of a strict project, and with these declarations of global names. */
  async compile(globals = "export {};"): Promise<Outcome> {
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
      moduleDetection: "force",
      types: ["node"],
    };
    await writeFile(join(this.#folder, "globals.d.ts"), globals);
    const files = ["globals.d.ts", ...this.#blocks.map((block) => nameOf(block, "ts"))];
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
