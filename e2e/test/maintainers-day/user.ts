import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { output, run, type Outcome } from "../support/command.ts";
import type { Registry } from "../support/registry.ts";
import { root, tsc } from "../support/repository.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A user's project, empty until it installs packages from the registry. */
export interface User extends AsyncDisposable {
  install(...packages: readonly string[]): Promise<void>;
  write(file: string, text: string): Promise<void>;
  /** Reads a file of an installed package. */
  installed(file: string): Promise<string>;
  compile(): Promise<Outcome>;
  /** Runs a program of the project and returns its output. */
  run(file: string): Promise<string>;
}

export async function createUser(registry: Registry): Promise<User> {
  const temporary = await temporaryFolder();
  const folder = temporary.path;
  const write = (file: string, text: string) => writeFile(join(folder, file), text);
  await write("package.json", '{ "private": true, "type": "module" }');
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: "nodenext",
    target: "es2022",
    types: ["node"],
  };
  const lib = ["es2022", "esnext.disposable", "dom", "dom.iterable", "dom.asynciterable"];
  await write(
    "tsconfig.json",
    JSON.stringify({ compilerOptions: { ...compilerOptions, lib }, include: ["*.ts"] }),
  );
  const install = async (...packages: readonly string[]) => {
    await output("npm", ["install", "--no-audit", "--no-fund", ...packages], {
      cwd: folder,
      env: registry.env,
    });
  };
  // The mock tenant's types refer to those of Node.
  const manifest = await readFile(join(root, "node_modules/@types/node/package.json"), "utf8");
  await install(`@types/node@${(JSON.parse(manifest) as { version: string }).version}`);
  return {
    install,
    write,
    installed: (file) => readFile(join(folder, "node_modules", file), "utf8"),
    compile: () => run(process.execPath, [tsc, "-p", folder], { cwd: folder }),
    run: (file) => output(process.execPath, [file], { cwd: folder }),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}
