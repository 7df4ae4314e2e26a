import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startMockTenant } from "@isc-customizers/mock-tenant";

const variables = ["SAIL_BASE_URL", "SAIL_CLIENT_ID", "SAIL_CLIENT_SECRET"] as const;

/** Finds the examples: the programs in this folder that start with a comment. @returns the comments by name. */
async function findExamples(): Promise<Map<string, string>> {
  const examples = new Map<string, string>();
  for (const file of (await readdir(import.meta.dirname)).toSorted()) {
    const purpose = /^\/\/ (.+)/.exec(await readFile(new URL(file, import.meta.url), "utf8"))?.[1];
    if (purpose !== undefined) examples.set(file.replace(/\.ts$/, ""), purpose);
  }
  return examples;
}

/** Runs an example in a new process. @returns its exit code. */
async function run(name: string, env: NodeJS.ProcessEnv): Promise<number> {
  const program = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: "inherit", env });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

/** Runs an example against the tenant in the environment, or against a temporary mock tenant. */
async function runAgainstTenant(name: string): Promise<number> {
  const missing = variables.filter((variable) => !process.env[variable]);
  if (missing.length === 0) {
    console.log(`${name}, against ${process.env["SAIL_BASE_URL"]}\n`);
    return await run(name, process.env);
  }
  if (missing.length < variables.length) {
    console.error(`Set ${missing.join(" and ")} too, or none of ${variables.join(", ")}.`);
    return 2;
  }
  await using mock = await startMockTenant();
  console.log(`${name}, against a mock tenant at ${mock.baseUrl}\n`);
  return await run(name, {
    ...process.env,
    SAIL_BASE_URL: mock.baseUrl,
    SAIL_CLIENT_ID: mock.clientId,
    SAIL_CLIENT_SECRET: mock.clientSecret,
  });
}

const [name] = process.argv.slice(2);
const examples = await findExamples();
if (name !== undefined && examples.has(name)) {
  process.exitCode = await runAgainstTenant(name);
} else {
  const list = [...examples].map(([example, purpose]) => `  ${example}\n      ${purpose}`).join("\n");
  const text = `pnpm example NAME runs one of:\n\n${list}\n\nagainst a mock tenant, or the tenant in ${variables.join(", ")}.`;
  if (name === undefined) console.log(text);
  else console.error(`Unknown example "${name}".\n\n${text}`);
  process.exitCode = name === undefined ? 0 : 2;
}
