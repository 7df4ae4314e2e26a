import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { output } from "../command.ts";
import { root } from "../repository.ts";
import { copyRepository } from "../repository-copy.ts";
import type { TemporaryFolder } from "../temporary-folder.ts";

const timeout = 600_000;
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

// A copy, because the pipelines build the customizer and keep records in the working folder.
let clone: TemporaryFolder;
beforeAll(async () => {
  clone = await copyRepository();
}, timeout);
afterAll(() => clone[Symbol.asyncDispose]());

describe.each(Object.entries(scripts))("the pipeline for %s", (_, commands) => {
  test(
    "deploys to the tenant of its variables, and changes nothing when it runs again",
    { timeout },
    async () => {
      await using mock = await startMockTenant();
      const { baseUrl, clientId, clientSecret } = mock;
      const env = { SAIL_BASE_URL: baseUrl, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
      for (let run = 1; run <= 2; run++)
        for (const command of commands)
          await output("bash", ["-eu", "-o", "pipefail", "-c", command], { cwd: clone.path, env });

      const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
      const [customizer, ...others] = await client.listConnectorCustomizers();
      expect(customizer).toMatchObject({ name: "account-normalizer", imageVersion: 1 });
      expect(others).toEqual([]);
      const instances = await client.listConnectorInstances();
      const linked = instances.filter(
        ({ connectorCustomizerId }) => connectorCustomizerId === customizer?.id,
      );
      expect(linked.map(({ name }) => name)).toEqual(["Badge System"]);
    },
  );
});

test("the workflow passes exactly the variables that the client reads", () => {
  const variables = steps.flatMap(({ env = {} }) => Object.keys(env));
  expect(variables).toEqual(["SAIL_BASE_URL", "SAIL_CLIENT_ID", "SAIL_CLIENT_SECRET"]);
});
