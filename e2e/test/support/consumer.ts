import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { extract } from "tar";
import { output, run, type Outcome } from "./command.ts";
import { root, tsc } from "./repository.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A project with the packed packages installed. */
export interface Consumer extends AsyncDisposable {
  readonly folder: string;
  /** Writes a file in the project, and the folder that it is in. */
  write(name: string, text: string): Promise<void>;
  /** Type-checks the project without emitting files. */
  compile(...options: string[]): Promise<Outcome>;
}

const packages = ["types", "client", "mock-tenant"];

export async function createConsumer(compilerOptions: object = {}): Promise<Consumer> {
  const temporary = await temporaryFolder();
  const folder = temporary.path;
  const modules = join(folder, "node_modules");
  for (const name of packages) {
    await output("pnpm", ["pack", "--pack-destination", folder], { cwd: join(root, "packages", name) });
    const target = join(modules, "@isc-customizers", name);
    await mkdir(target, { recursive: true });
    const tarball = (await readdir(folder)).find((file) => file.startsWith(`isc-customizers-${name}-`)) ?? "";
    await extract({ file: join(folder, tarball), cwd: target, strip: 1 });
    await linkDependencies(name, modules);
  }
  await symlink(join(root, "node_modules/@types"), join(modules, "@types"), "junction");
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  await write("package.json", '{ "type": "module" }');
  const defaults = {
    strict: true,
    noEmit: true,
    module: "nodenext",
    target: "es2022",
    lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"],
    types: [],
  };
  await write(
    "tsconfig.json",
    JSON.stringify({ compilerOptions: { ...defaults, ...compilerOptions }, include: ["*.ts"] }),
  );
  return {
    folder,
    write,
    compile: (...options) => run(process.execPath, [tsc, "-p", folder, ...options], { cwd: folder }),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

/** Links the dependencies in a published package's manifest to the copies that the repository has installed. */
async function linkDependencies(name: string, modules: string): Promise<void> {
  const manifest = await readFile(join(modules, "@isc-customizers", name, "package.json"), "utf8");
  const { dependencies = {} } = JSON.parse(manifest) as { dependencies?: Record<string, string> };
  for (const dependency of Object.keys(dependencies).filter(
    (other) => !other.startsWith("@isc-customizers/"),
  )) {
    await symlink(
      join(root, "packages", name, "node_modules", dependency),
      join(modules, dependency),
      "junction",
    );
  }
}
