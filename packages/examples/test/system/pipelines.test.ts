import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { afterEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { environmentOf } from "../program.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const read = async (name: string) =>
  parse(await readFile(join(root, "packages/examples/pipelines", name), "utf8")) as unknown;

const github = (await read("github-actions.yml")) as {
  readonly jobs: Record<
    string,
    { readonly steps: readonly { readonly run?: string; readonly env?: object }[] }
  >;
};
const gitlab = (await read("gitlab-ci.yml")) as Record<string, { readonly script: readonly string[] }>;

const steps = Object.values(github.jobs).flatMap((job) => job.steps);
const scripts = {
  "GitHub Actions": steps.flatMap(({ run }) => run ?? []),
  GitLab: Object.values(gitlab).flatMap(({ script }) => script),
};

afterEach(() => rm(join(root, ".deployments"), { recursive: true, force: true }));

describe.each(Object.entries(scripts))("the pipeline for %s", (_, commands) => {
  test("deploys to the tenant of its variables, and changes nothing when it runs again", async () => {
    await using mock = await startMockTenant();
    const { baseUrl, clientId, clientSecret } = mock;
    const env = { ...process.env, CI: "true", ...environmentOf(mock) };
    for (let run = 1; run <= 2; run++)
      for (const command of commands)
        await promisify(execFile)("bash", ["-eu", "-o", "pipefail", "-c", command], { cwd: root, env });

    const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
    const [customizer, ...others] = await client.listConnectorCustomizers();
    expect(customizer).toMatchObject({ name: "account-normalizer", imageVersion: 1 });
    expect(others).toEqual([]);
    const instances = await client.listConnectorInstances();
    const linked = instances.filter(({ connectorCustomizerId }) => connectorCustomizerId === customizer?.id);
    expect(linked.map(({ name }) => name)).toEqual(["Badge System"]);
  });
});

test("the workflow passes exactly the variables that the client reads", () => {
  const variables = steps.flatMap(({ env = {} }) => Object.keys(env));
  expect(variables).toEqual(Object.keys(environmentOf({ baseUrl: "", clientId: "", clientSecret: "" })));
});
