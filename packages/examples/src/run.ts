import { spawn } from "node:child_process";
import { once } from "node:events";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { type Example, findExamples } from "./find-examples.ts";

const variables = ["SAIL_BASE_URL", "SAIL_CLIENT_ID", "SAIL_CLIENT_SECRET"] as const;

const [name, ...args] = process.argv.slice(2);

/** Runs an example in a new process. @returns its exit code. */
async function run({ file }: Example, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [file, ...args], { stdio: "inherit", env });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

/**
 * Runs an example against the tenant in the environment, or against a temporary mock tenant. Names both on stderr, because some examples
 * write data to stdout.
 *
 * @returns its exit code
 */
async function runAgainstTenant(example: Example): Promise<number> {
  const missing = variables.filter((variable) => !process.env[variable]);
  if (missing.length === 0) {
    console.error(`${example.name}, against ${process.env["SAIL_BASE_URL"]}\n`);
    return await run(example, process.env);
  }
  if (missing.length < variables.length) {
    console.error(`Set ${missing.join(" and ")} too, or none of ${variables.join(", ")}.`);
    return 2;
  }
  await using mock = await startMockTenant({ seed: 1 });
  console.error(`${example.name}, against a mock tenant at ${mock.baseUrl}\n`);
  return await run(example, {
    ...process.env,
    SAIL_BASE_URL: mock.baseUrl,
    SAIL_CLIENT_ID: mock.clientId,
    SAIL_CLIENT_SECRET: mock.clientSecret,
  });
}

/** Lists the examples of each group. */
function listOf(examples: readonly Example[]): string {
  const groups = Map.groupBy(examples, ({ group }) => group);
  return [...groups]
    .map(([group, members]) =>
      [group, ...members.map((example) => `  ${example.name}\n      ${example.purpose}`)].join("\n"),
    )
    .join("\n\n");
}

const examples = await findExamples();
const example = examples.find((candidate) => candidate.name === name);
if (example !== undefined) {
  process.exitCode = await runAgainstTenant(example);
} else {
  const text = `pnpm example NAME runs one of these against a mock tenant, or the tenant in ${variables.join(", ")}:\n\n${listOf(examples)}`;
  if (name === undefined) console.log(text);
  else console.error(`Unknown example "${name}".\n\n${text}`);
  process.exitCode = name === undefined ? 0 : 2;
}
