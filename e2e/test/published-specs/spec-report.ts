import { glob, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { run } from "../support/command.ts";
import { root, tsc } from "../support/repository.ts";

/** The published specs, as patterns of paths in `specs/node_modules`. */
const patterns = [
  "@blockfrost/openapi/openapi.yaml",
  "@dcl/catalyst-api-specs/lib/api.yaml",
  "@digdir/dialogporten-schema/swagger.verified.json",
  "@directus/specs/dist/openapi.json",
  "@figma/rest-api-spec/openapi/openapi.yaml",
  "@ideal-postcodes/openapi/dist/openapi.json",
  "@mojaloop/api-snippets/docs/*-v*.yaml",
  "@mojaloop/api-snippets/{fspiop,thirdparty}/*/openapi3/{openapi*,*-api}.yaml",
  "@mojaloop/api-snippets/sdk-scheme-adapter/*/*/openapi.yaml",
  "@octokit/openapi/generated/api.github.com.json",
  "@readme/oas-examples/3.*/json/**/*.json",
  "@redotech/redo-api-schema/lib/openapi.yaml",
  "@scalar/galaxy/dist/3.1.yaml",
  "@shipengine/connect-fulfillment-provider-api/spec.yaml",
  "rclone-openapi/openapi.json",
  "shipengine-openapi/openapi.yaml",
];

/** The results of one spec. */
export interface SpecResult {
  /** The path of the spec, beginning with the name of its package. */
  readonly spec: string;
  /** The version of the package. */
  readonly version: string;
  /** The version of OpenAPI. */
  readonly openapi: string;
  readonly operations: number;
  /** The generator exited with an error that is not a message for its user. */
  readonly crashed: boolean;
  readonly generated: boolean;
  readonly compiles: boolean;
  readonly warnings: number;
  readonly infos: number;
}

/** Generates the code of every published spec into the folder, and compiles all of it at once in strict mode. */
export async function reportSpecs(packages: string, folder: string): Promise<SpecResult[]> {
  const specs: string[] = [];
  for await (const path of glob(patterns, { cwd: packages })) specs.push(path.replaceAll("\\", "/"));
  specs.sort();
  const results: Omit<SpecResult, "compiles">[] = [];
  const queue = specs.entries();
  const work = async () => {
    for (const [index, spec] of queue)
      results[index] = await generateSpec(packages, spec, join(folder, `${index}`));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const failed = await foldersWithErrors(folder);
  return results.map((result, index) => ({
    ...result,
    compiles: result.generated && !failed.has(`${index}`),
  }));
}

async function generateSpec(
  packages: string,
  spec: string,
  out: string,
): Promise<Omit<SpecResult, "compiles">> {
  const generator = join(root, "scripts/src/commands/generate.js");
  const args = [generator, "--spec", join(packages, spec), "--out", out];
  const { code, stderr } = await run(process.execPath, args, { cwd: packages });
  const generated = code === 0;
  const document = generated ? await readJson<Document>(join(out, "openapi.json")) : {};
  const report = generated ? await readJson<Report>(join(out, "report.json")) : { diagnostics: [] };
  const count = (severity: string) => report.diagnostics.filter((each) => each.severity === severity).length;
  return {
    spec,
    version: (await readJson<{ version: string }>(join(packages, packageOf(spec), "package.json"))).version,
    openapi: document.openapi ?? "–",
    operations: operationsIn(document),
    crashed: !(code === 0 || code === 1) || /^ {4}at /m.test(stderr),
    generated,
    warnings: count("warning"),
    infos: count("info"),
  };
}

interface Document {
  readonly openapi?: string;
  readonly paths?: Readonly<Record<string, object>>;
}

interface Report {
  readonly diagnostics: readonly { readonly severity: string }[];
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, "utf8")) as T;
}

function packageOf(spec: string): string {
  return spec
    .split("/")
    .slice(0, spec.startsWith("@") ? 2 : 1)
    .join("/");
}

function operationsIn({ paths = {} }: Document): number {
  const methods = /^(?:get|put|post|delete|options|head|patch|trace)$/;
  return Object.values(paths).flatMap((item) => Object.keys(item).filter((name) => methods.test(name)))
    .length;
}

/** Compiles a folder. Returns the names of the folders in it that have an error. */
async function foldersWithErrors(folder: string): Promise<Set<string>> {
  const compilerOptions = {
    noEmit: true,
    composite: false,
    noUnusedLocals: true,
    lib: ["es2022", "dom", "dom.iterable"],
    types: [],
  };
  const configuration = { extends: join(root, "tsconfig.base.json"), compilerOptions, include: ["."] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(configuration));
  const { code, stdout } = await run(process.execPath, [tsc, "-p", ".", "--pretty", "false"], {
    cwd: folder,
  });
  const failed = new Set(
    Array.from(stdout.matchAll(/^(\d+)\/[^\n(]*\(\d+,\d+\): error/gm), ([, name = ""]) => name),
  );
  if (code !== 0 && failed.size === 0) throw new Error(`The compiler failed:\n${stdout}`);
  return failed;
}

/** Formats the results as a Markdown page. */
export function reportPage(results: readonly SpecResult[]): string {
  const count = (is: (result: SpecResult) => boolean) => results.filter(is).length;
  const yes = (value: boolean) => (value ? "yes" : "**no**");
  const rows = results.map(
    ({ spec, version, openapi, operations, generated, compiles, warnings, infos }) =>
      `| \`${spec}\` | ${version} | ${openapi} | ${operations} | ${yes(generated)} | ${yes(compiles)} | ${warnings} | ${infos} |\n`,
  );
  return `# The generator on published specs

The system test \`published-specs\` generates from ${results.length} published OpenAPI descriptions of other APIs, and compiles the
results in strict mode. ${count(({ generated }) => generated)} of them generate, ${count(({ compiles }) => compiles)} compile, and the generator crashes on ${count(({ crashed }) => crashed)}.

A _warning_ is a part of the description that the code does not express, or an example that does not fit its schema. After an _info_,
the code is complete. The generator reports each with its line and a fix.

<!-- \`pnpm support:table\` writes this table, and the test compares it. -->

| spec | version of the package | OpenAPI | operations | generates | compiles | warnings | infos |
| ---- | ---------------------- | ------- | ---------- | --------- | -------- | -------- | ----- |
${rows.join("")}`;
}
