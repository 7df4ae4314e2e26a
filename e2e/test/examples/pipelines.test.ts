import { existsSync } from "node:fs";
import { appendFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { run } from "../support/command.ts";
import { root } from "../support/repository.ts";
import { copyRepository } from "../support/repository-copy.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

const timeout = 600_000;

/** Stands in for GitHub's command line: the only artifact is the folder of a variable. */
const gh = `#!/bin/sh
case "$1 $2" in
  "api repos/owner/name/actions/artifacts?name=deployments&per_page=1") [ ! -d "$ARTIFACT" ] || echo 7 ;;
  "run download") [ "$3 $4 $5 $6" = "7 --name deployments --dir" ] && cp -r "$ARTIFACT" "$7" ;;
  *) exit 1 ;;
esac
`;

const read = async (name: string) =>
  parse(await readFile(join(root, "packages/examples/pipelines", name), "utf8")) as unknown;

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Record<string, unknown>;
  readonly run?: string;
  readonly env?: Record<string, string>;
}
const github = (await read("github-actions.yml")) as {
  readonly jobs: { readonly deploy: { readonly steps: readonly Step[] } };
};
const gitlab = (await read("gitlab-ci.yml")) as {
  readonly deploy: {
    readonly cache: { readonly paths: readonly string[]; readonly when: string };
    readonly script: readonly string[];
  };
};

const { steps } = github.jobs.deploy;
const { cache, script } = gitlab.deploy;
const keep = steps.find(({ uses }) => uses?.startsWith("actions/upload-artifact@"));

/** The commands of a pipeline, and the folder that it keeps from one run to the next, also after a failed run if `always`. */
const pipelines = {
  "GitHub Actions": {
    commands: steps.flatMap(({ run }) => run ?? []),
    records: String(keep?.with?.["path"]),
    always: keep?.if === "always()",
  },
  GitLab: { commands: script, records: String(cache.paths[0]), always: cache.when === "always" },
};

// A copy, because the pipelines build the customizer and keep records in the working folder.
let clone: TemporaryFolder;
beforeAll(async () => {
  clone = await copyRepository();
}, timeout);
afterAll(() => clone[Symbol.asyncDispose]());

describe.each(Object.entries(pipelines))("the pipeline for %s", (name, { commands, records, always }) => {
  test(
    "deploys, changes nothing when it runs again, and restores the archive when a check fails",
    { timeout },
    async () => {
      await using mock = await startMockTenant();
      await using folder = await temporaryFolder();
      const { baseUrl, clientId, clientSecret } = mock;
      const client = createClient({ baseUrl, auth: { clientId, clientSecret } });
      const checkedOut = join(clone.path, records);
      const stored = join(folder.path, "records");
      await writeFile(join(folder.path, "gh"), gh, { mode: 0o755 });
      const env = {
        PATH: `${folder.path}:${process.env["PATH"]}`,
        ARTIFACT: stored,
        GITHUB_REPOSITORY: "owner/name",
        SAIL_BASE_URL: baseUrl,
        SAIL_CLIENT_ID: clientId,
        SAIL_CLIENT_SECRET: clientSecret,
      };
      /** Runs the pipeline on a new checkout, which has no records. @returns `true` if it passed */
      async function runPipeline(check?: string): Promise<boolean> {
        await rm(checkedOut, { recursive: true, force: true });
        // GitLab restores its cache itself; a step of the workflow gets the artifact.
        if (name === "GitLab" && existsSync(stored)) await cp(stored, checkedOut, { recursive: true });
        let passed = true;
        for (const command of commands) {
          const changed =
            check === undefined ? command : command.replace(/--check '[^']+'/, `--check "${check}"`);
          const { code } = await run("bash", ["-e", "-o", "pipefail", "-c", changed], {
            cwd: clone.path,
            env,
          });
          passed &&= code === 0;
        }
        if (passed || always) {
          await rm(stored, { recursive: true, force: true });
          await cp(checkedOut, stored, { recursive: true });
        }
        return passed;
      }

      expect([await runPipeline(), await runPipeline()]).toEqual([true, true]);
      const [customizer, ...others] = await client.listConnectorCustomizers();
      expect(customizer).toMatchObject({ name: "account-normalizer", imageVersion: 1 });
      expect(others).toEqual([]);
      const instances = await client.listConnectorInstances();
      const linked = instances.filter(
        ({ connectorCustomizerId }) => connectorCustomizerId === customizer?.id,
      );
      expect(linked.map((instance) => instance.name)).toEqual(["Badge System"]);

      const source = join(clone.path, "packages/examples/customizer/src/index.ts");
      await appendFile(source, `\nconsole.log(${JSON.stringify(name)});\n`);
      expect(await runPipeline("exit 1")).toBe(false);
      const [first, second, third, ...more] = mock.versions.toSorted((a, b) => a.version - b.version);
      expect(more).toEqual([]);
      expect(second?.archive.sha256).not.toBe(first?.archive.sha256);
      expect(third?.archive.sha256).toBe(first?.archive.sha256);

      // The failed run kept its records, so the next one knows which archive the tenant has.
      expect(await runPipeline()).toBe(true);
      expect(mock.versions).toHaveLength(4);
    },
  );
});

test("the workflow passes exactly the variables that the client reads", () => {
  const deploy = steps.find((step) => step.name === "Deploy");
  const variables = Object.keys(deploy?.env ?? {});
  expect(variables).toEqual(["SAIL_BASE_URL", "SAIL_CLIENT_ID", "SAIL_CLIENT_SECRET"]);
});
