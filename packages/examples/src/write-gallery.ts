import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { type Example, findExamples } from "./find-examples.ts";

/** The page that shows every example. */
export const galleryFile: string = fileURLToPath(new URL("../../../docs/examples.md", import.meta.url));

/** The groups whose examples end by themselves and need nothing but a tenant. The page shows their output. */
const shown = new Set(["operations", "basics", "reports"]);

/** The examples whose output differs from run to run. */
const unstable = new Set(["abort-and-time-limits", "log-with-pino", "quickstart"]);

/** Emits the page: each example with its purpose, a link to its code, and its output against a mock tenant. */
export async function emitGallery(): Promise<string> {
  const groups = Map.groupBy(await findExamples(), ({ group }) => group);
  const parts: string[] = [];
  for (const [group, examples] of groups) {
    parts.push(`## ${group}\n`);
    for (const example of examples) parts.push(await entryOf(example));
  }
  return `<!-- Generated from packages/examples by \`pnpm example:gallery\`. Do not edit. -->

# Examples

\`pnpm example NAME\`, in the repository, runs one of these programs against a mock tenant. \`pnpm\` stands for \`npx -y pnpm@12.21.0\`. The
output is shown with \`…\` for ids, times and ports. [The README](../packages/examples/README.md) describes the groups.

${parts.join("\n")}`;
}

async function entryOf(example: Example): Promise<string> {
  const { name, group, purpose, file } = example;
  const link = relative(join(galleryFile, ".."), file).replaceAll("\\", "/");
  const hasOutput = shown.has(group) && !unstable.has(name);
  const output = hasOutput ? `\n\`\`\`text\n${await outputOf(example)}\n\`\`\`\n` : "";
  return `### ${name}\n\n${purpose} [Code](${link}).\n${output}`;
}

async function outputOf({ file }: Example): Promise<string> {
  await using mock = await startMockTenant({ seed: 1 });
  const env = {
    ...process.env,
    SAIL_BASE_URL: mock.baseUrl,
    SAIL_CLIENT_ID: mock.clientId,
    SAIL_CLIENT_SECRET: mock.clientSecret,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env });
  return stdout
    .trimEnd()
    .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|[\da-f]{32}/g, "…")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "…")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:…");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await emitGallery();
  const known = await readFile(galleryFile, "utf8").catch(() => "");
  if (text !== known) await writeFile(galleryFile, text);
  console.log(text === known ? "docs/examples.md is up to date." : "wrote docs/examples.md");
}
