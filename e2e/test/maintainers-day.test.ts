import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasProgram } from "../../packages/mock-tenant/test/system/system-program.ts";
import { createClone, type Clone } from "./maintainers-day/clone.ts";
import { day, type Bump } from "./maintainers-day/edits.ts";
import { createUser, type User } from "./maintainers-day/user.ts";
import { startRegistry, type Registry } from "./support/registry.ts";
import { editedSpec } from "./support/spec-edit.ts";

// A day of a maintainer and of a user. Every test continues from the state that the previous one left. Building the packages takes
// most of the time.
const timeout = 900_000;

let clone: Clone;
let registry: Registry;
let user: User;
const resources = new AsyncDisposableStack();

describe.runIf(hasProgram("git"))("with git", () => {
  beforeAll(async () => {
    registry = resources.use(await startRegistry());
    clone = resources.use(await createClone(registry));
    user = resources.use(await createUser(registry));
  }, timeout);

  afterAll(() => resources.disposeAsync());

  test(
    "the packages are released, and work after an installation from the registry",
    { timeout },
    async () => {
      await clone.write(".changeset/mine.md", changeset("major", "The changes so far."));
      expect((await clone.pnpm("release")).stderr).toContain("Run `pnpm version-packages`");
      await clone.done("version-packages");
      const version = await clone.version();
      await clone.commit(`Version ${version}`);
      await clone.done("release");

      await user.install("@isc-customizers/client", "@isc-customizers/mock-tenant", "@isc-customizers/types");
      await user.write("program.ts", program);
      expect(await user.compile()).toMatchObject({ code: 0, stdout: "" });
      const printed = JSON.parse(await user.run("program.ts")) as { sha256: string };
      expect(printed).toMatchObject({ names: ["From the registry"], gone: true });

      const { versions } = await registry.look("@isc-customizers/client");
      expect(versions[version]?.spec).toMatchObject({ sha256: printed.sha256 });
      const changes = JSON.parse(await user.installed("@isc-customizers/types/changes.json")) as {
        versions: unknown[];
      };
      expect(changes.versions[0]).toMatchObject({ version, spec: { sha256: printed.sha256 } });
      expect(await user.installed("@isc-customizers/client/CHANGELOG.md")).toContain(`## ${version}\n`);
    },
  );

  test.each(day)("$title is published as $bump", { timeout }, async (edit) => {
    const before = await clone.version();
    const spec = await clone.read("spec/openapi.yaml");
    await clone.write("spec/openapi.yaml", editedSpec(spec, edit.edit));

    // One command writes the generated files and the changeset.
    expect(await clone.done("generate")).toContain(`drafted .changeset/spec-${edit.bump}-`);
    const code = await clone.read(`packages/types/src/generated/${edit.generated.file}`);
    expect(code).toContain(edit.generated.has);
    expect(edit.generated.hasNot && code.includes(edit.generated.hasNot)).toBeFalsy();

    // A changeset with too small a bump is rejected, and the message says what is missing.
    for (const file of await clone.drafts()) await rm(join(clone.folder, file));
    const less = smaller[edit.bump];
    if (less) await clone.write(".changeset/mine.md", changeset(less, "Too little."));
    const refusal = await clone.pnpm("changeset:check");
    expect(refusal).toMatchObject({ code: 1 });
    for (const words of [...edit.reported, `require ${edit.bump}`, "pnpm changeset:draft"])
      expect(refusal.stderr).toContain(words);

    expect(await clone.done("changeset:draft")).toContain(`drafted .changeset/spec-${edit.bump}-`);
    const drafts = (await Promise.all((await clone.drafts()).map((file) => clone.read(file)))).join("");
    expect(drafts).toContain(
      `"@isc-customizers/client": ${edit.bump}\n"@isc-customizers/types": ${edit.bump}\n`,
    );
    for (const words of edit.reported) expect(drafts).toContain(words);

    await clone.done("version-packages");
    const version = raised(before, edit.bump);
    expect(await clone.version()).toBe(version);
    await publish();
    for (const name of ["types", "client", "mock-tenant"]) {
      const published = await registry.look(`@isc-customizers/${name}`);
      expect(published["dist-tags"]["latest"]).toBe(version);
    }
    const [newest] = await clone.recorded();
    expect(newest).toMatchObject({ version, severity: edit.bump, ...edit.recorded });
  });

  test(
    "the compiler reports a breaking change after an upgrade, and nothing before it",
    { timeout },
    async () => {
      const [last, before] = await clone.recorded();
      await user.write("labels.ts", labels);
      await user.install(...packagesAt(before?.version ?? ""));
      expect(await user.compile()).toMatchObject({ code: 0, stdout: "" });
      await user.install(...packagesAt(last?.version ?? ""));
      expect((await user.compile()).stdout).toContain("Property 'color' does not exist on type 'Label'");
    },
  );

  test("a changelog links operations, types and lines to the files of its version", async () => {
    const [last, before] = await clone.recorded();
    const [, newest = ""] = (await clone.read("packages/client/CHANGELOG.md")).split(/^## /m);
    const at = (version = "") =>
      `https://github.com/isc-customizers/isc-customizers/blob/@isc-customizers/client@${version}`;
    expect(newest).toContain(`${last?.version}\n`);
    expect(newest).toContain(`[\`listLabels\`](${at(last?.version)}/docs/reference/labels.md#listlabels)`);
    const place = `\\[spec/released/openapi\\.yaml:(\\d+)\\]\\(${at(before?.version)}/spec/released/openapi\\.yaml#L\\1\\)`;
    expect(newest).toMatch(new RegExp(place));
    expect(newest).toMatch(/### Major Changes\n[^]*Removed: /);
  });

  test(
    "a breaking change of the types alone is rejected, and drafted by package and type",
    { timeout },
    async () => {
      const file = "packages/client/src/client-options.ts";
      const source = await clone.read(file);
      const option = "readonly maxRetryAfter?: number | undefined;";
      expect(source).toContain(option);
      await clone.write(file, source.replace(option, option.replace("number", "60_000")));

      const problem = "The types of `@isc-customizers/client`: `createClient` breaks existing code: ";
      const refusal = await clone.pnpm("changeset:check");
      expect(refusal).toMatchObject({ code: 1 });
      expect(refusal.stderr).toContain(problem);
      const stale = await clone.pnpm("exec", "turbo", "run", "check:api");
      expect(stale).toMatchObject({ code: 1 });
      expect(stale.stdout).toContain("Run `pnpm api:report`");

      await clone.done("changeset:draft");
      const [draft = ""] = await clone.drafts();
      expect(draft).toContain("types-major-");
      expect(await clone.read(draft)).toMatch(/^---\n"@isc-customizers\/client": major\n---\n/);
      expect(await clone.done("changeset:draft")).toContain("The pending changesets describe all changes");
      expect((await clone.pnpm("changeset:check")).stderr).toContain("Run `pnpm api:report`");
      await clone.done("api:report");
      await clone.done("changeset:check");
    },
  );

  test(
    "a pull request is published as a snapshot, without a change of the dist-tag latest",
    { timeout },
    async () => {
      const latest = await clone.version();
      expect(await clone.pnpm("release:snapshot", "pr-7")).toMatchObject({ code: 1 });
      await clone.commit("Fewer waits");
      await clone.done("release:snapshot", "pr-7");
      const { "dist-tags": tags } = await registry.look("@isc-customizers/client");
      expect(tags["latest"]).toBe(latest);
      expect(tags["pr-7"]).toMatch(
        new RegExp(`^${raised(latest, "major").replaceAll(".", "\\.")}-pr-7-[0-9a-f]{7}$`),
      );
    },
  );
});

/** The next smaller bump. */
const smaller: Record<Bump, Bump | undefined> = { major: "minor", minor: "patch", patch: undefined };

const program = `
import { createClient, NotFoundError } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";
import { specSha256 } from "@isc-customizers/types";

await using mock = await startMockTenant();
const customizers = createClient({ baseUrl: mock.baseUrl, auth: mock });
const { id } = await customizers.createConnectorCustomizer({ body: { name: "From the registry" } });
const names: (string | undefined)[] = [];
for await (const { name } of customizers.listConnectorCustomizers()) names.push(name);
await customizers.deleteConnectorCustomizer({ id });
const gone: unknown = await customizers.getConnectorCustomizer({ id }).catch((error: unknown) => error);
console.log(JSON.stringify({ names, gone: gone instanceof NotFoundError, sha256: specSha256 }));
`;

const labels = `
import type { Label } from "@isc-customizers/types";
export const colorOf = (label: Label): string | undefined => label.color;
`;

const packagesAt = (version: string): string[] =>
  ["client", "mock-tenant", "types"].map((name) => `@isc-customizers/${name}@${version}`);

const changeset = (bump: Bump, summary: string): string =>
  `---\n"@isc-customizers/client": ${bump}\n---\n\n${summary}\n`;

function raised(from: string, bump: Bump): string {
  const [major = 0, minor = 0, patch = 0] = from.split(".").map(Number);
  if (bump === "major") return `${major + 1}.0.0`;
  return bump === "minor" ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** Publishes as `pnpm release` does, without its checks, which take the longest. */
async function publish(): Promise<void> {
  await clone.commit(`Version ${await clone.version()}`);
  await clone.done(
    "exec",
    "turbo",
    "run",
    "build",
    "--filter=@isc-customizers/mock-tenant",
    "--filter=@isc-customizers/client",
  );
  await clone.done("exec", "changeset", "publish");
}
