import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { output } from "../support/command.ts";
import { createClone, identity, type Clone } from "../maintainers-day/clone.ts";
import { startRegistry, type Registry } from "../support/registry.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { createArtifacts } from "./artifacts.ts";
import type { Runner } from "./runner.ts";
import { readWorkflow } from "../../../scripts/test/repository/workflow.ts";

/** A maintainer's clone, a bare repository as its origin, a registry on loopback, and a runner for the jobs of release.yml. */
export interface Rehearsal extends AsyncDisposable {
  readonly registry: Registry;
  readonly clone: Clone;
  readonly runner: Runner;
  /** Runs git in the maintainer's clone. @returns the trimmed output. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  /** Runs git in origin. @returns the output. */
  readonly gitAtOrigin: (...args: readonly string[]) => Promise<string>;
  /** The calls of `pnpm publish` in the jobs, one a line. */
  readonly publishLog: () => Promise<string>;
  /** The pnpm that the last job installed. */
  readonly pnpm: string;
}

export async function createRehearsal(): Promise<Rehearsal> {
  await using resources = new AsyncDisposableStack();
  const registry = resources.use(await startRegistry());
  const clone = resources.use(await createClone(registry));
  const { path: temporary } = resources.use(await temporaryFolder());
  const [origin, prefix] = [join(temporary, "origin.git"), join(temporary, "global")];
  const log = join(temporary, "publish.log");

  const gitIn = (folder: string, ...args: readonly string[]) =>
    output("git", args, { cwd: folder, env: identity });
  const git = async (...args: readonly string[]) => (await gitIn(clone.folder, ...args)).trim();
  await gitIn(temporary, "clone", "--quiet", "--bare", clone.folder, origin);
  await git("remote", "add", "origin", origin);

  /** Resets the maintainer's clone to main of origin; only the installed dependencies and the build cache stay. */
  const resetClone = async (): Promise<string> => {
    await git("fetch", "--quiet", "--prune", "--prune-tags", "origin");
    await git("checkout", "--quiet", "--force", "--detach", "origin/main");
    await git("clean", "--quiet", "-ffdx", "--exclude=node_modules", "--exclude=.turbo");
    return clone.folder;
  };
  const freshClone = async (): Promise<string> => {
    const folder = join(temporary, `clone-${crypto.randomUUID()}`);
    await gitIn(temporary, "clone", "--quiet", "--no-tags", origin, folder);
    return folder;
  };

  const runner: Runner = {
    workflow: await readWorkflow("release.yml"),
    checkout: async (job) => {
      await rm(prefix, { recursive: true, force: true });
      return job === "publish" ? await freshClone() : await resetClone();
    },
    env: {
      ...registry.env,
      ...identity,
      npm_config_prefix: prefix,
      NPM_CONFIG_PREFIX: prefix,
      PATH: await createPath(temporary, prefix, log),
      CI: "true",
    },
    temporary,
    artifacts: createArtifacts(temporary),
    host: { releases: [] },
    assumed: ["test"],
  };
  const owned = resources.move();
  return {
    registry,
    clone,
    runner,
    git,
    gitAtOrigin: (...args) => gitIn(origin, ...args),
    publishLog: () => readFile(log, "utf8"),
    pnpm: join(prefix, "bin/pnpm"),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/**
 * A PATH without pnpm, until a job installs one into the prefix. A script stands before that pnpm: it logs how packages are published, and
 * hides the request for provenance, which pnpm can sign only on GitHub.
 */
async function createPath(temporary: string, prefix: string, log: string): Promise<string> {
  const front = join(temporary, "front");
  await mkdir(front);
  const script = `#!/bin/sh
if [ "$1" = publish ]; then
  echo "provenance=$PNPM_CONFIG_PROVENANCE $*" >> "${log}"
  unset PNPM_CONFIG_PROVENANCE
fi
exec "${prefix}/bin/pnpm" "$@"
`;
  await writeFile(join(front, "pnpm"), script, { mode: 0o755 });
  const path = (process.env["PATH"] ?? "").split(delimiter);
  const withoutPnpm = path.filter((folder) => !existsSync(join(folder, "pnpm")));
  return [front, dirname(process.execPath), ...withoutPnpm].join(delimiter);
}
