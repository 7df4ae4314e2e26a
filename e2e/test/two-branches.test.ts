import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasProgram } from "../../packages/mock-tenant/test/system/system-program.ts";
import { addLabels, color, deprecatePut, icon, labels, labelsFile } from "./maintainers-day/branch-edits.ts";
import { createClone, type Clone } from "./maintainers-day/clone.ts";
import { addFilter, editedSpec } from "./support/spec-edit.ts";

// Two maintainers change the spec, and release it three times. Every test continues from the state that the previous one left.
const timeout = 900_000;

let clone: Clone;
/** Edits the main file of the spec, and runs `generate`. */
const edit = async (...edits: readonly ((spec: Document) => void)[]) => {
  const spec = await clone.read("spec/openapi.yaml");
  await clone.write("spec/openapi.yaml", edits.reduce(editedSpec, spec));
  return await clone.done("generate");
};
const editLabels = async (from: string, to: string) => {
  await clone.write(labelsFile, (await clone.read(labelsFile)).replace(from, to));
  return await clone.done("generate");
};
const removeDrafts = async () => {
  for (const file of await clone.drafts()) await rm(join(clone.folder, file));
};
/** Releases the pending changesets, and returns the newest section of the changelog. */
const release = async () => {
  await clone.done("api:report");
  await clone.done("changeset:check");
  await clone.done("version-packages");
  return await clone.changelog();
};
const changeset = (severity: string, text: string) =>
  `---\n"@isc-customizers/client": ${severity}\n"@isc-customizers/types": ${severity}\n---\n\n${text}\n`;

describe.runIf(hasProgram("git"))("with git", () => {
  beforeAll(async () => {
    clone = await createClone();
    await clone.write(".changeset/mine.md", changeset("major", "The changes so far."));
    await release();
    await clone.commit("The first release");
  }, timeout);

  afterAll(() => clone[Symbol.asyncDispose]());

  test("after a release, nothing is required and nothing is drafted", { timeout }, async () => {
    expect(await clone.done("generate")).toContain("generated files are up to date.");
    expect(await clone.done("changeset:check")).toContain("require none");
    expect(await clone.drafts()).toEqual([]);
    expect((await clone.pnpm("version-packages")).stderr).toContain("No changeset is pending");
  });

  test("the drafts of two branches merge without a conflict", { timeout }, async () => {
    await clone.git("switch", "--quiet", "--create", "deprecation");
    expect(await edit(addFilter, deprecatePut)).toContain("drafted .changeset/spec-minor-");
    const others = await clone.drafts();
    await clone.commit("Deprecate an operation");
    await clone.git("switch", "--quiet", "main");
    await clone.write(labelsFile, labels);
    expect(await edit(addFilter, addLabels)).toContain("drafted .changeset/spec-minor-");
    const own = await clone.drafts();
    await clone.commit("Add a service in a file of its own");

    await clone.git("merge", "--quiet", "deprecation");
    const conflicts = (await clone.git("diff", "--name-only", "--diff-filter=U")).stdout.split("\n");
    const generated = /^(?:packages\/types\/src\/generated\/|docs\/(?:reference\/|llms\.txt)|$)/;
    expect(conflicts.filter((file) => !generated.test(file))).toEqual([]);
    const drafts = await clone.drafts();
    expect(drafts).toEqual([...own, ...others].toSorted());
    expect(await clone.done("generate")).not.toContain("draft");
    expect(await clone.drafts()).toEqual(drafts);
    await clone.commit("Merge the branches");
  });

  test("the changelog has each change of the branches once, by operation and kind", { timeout }, async () => {
    const sections = await release();
    expect(sections.has("Major")).toBe(false);
    const minor = sections.get("Minor") ?? "";
    const link = "\\]\\(https://[^)]+\\)";
    const lines = [
      `  - \\[\`listConnectorCustomizers\`${link}\n    - Added: The query parameter \`labelled\` is new\\.`,
      `  - \\[\`putConnectorCustomizer\`${link}\n    - Deprecated: \\[\`putConnectorCustomizer\`${link} is deprecated since 2\\.0; use \\[\`createConnectorCustomizerVersion\`${link} instead\\.`,
      `  - \\[\`listLabels\`${link}\n    - Added: \\[\`listLabels\`${link} is new\\. \\(.*\\[spec/labels\\.yaml:\\d+${link}\\)`,
    ];
    for (const line of lines) expect(minor).toMatch(new RegExp(line));
    for (const words of ["`labelled` is new", "is deprecated since"])
      expect(minor.split(words)).toHaveLength(2);
    expect(await clone.read("spec/released/openapi.yaml")).toContain("operationId: listLabels");
    expect(await clone.done("generate")).toContain("generated files are up to date.");
    expect(await clone.done("changeset:check")).toContain("require none");
    await clone.done("exec", "prettier", "--check", "packages", "spec/released");
  });

  test(
    "a break that is declared as minor is refused by the check and by the release",
    { timeout },
    async () => {
      expect(await editLabels(color, icon)).toMatch(
        /drafted \.changeset\/spec-major-[^]*drafted .*spec-minor-/,
      );
      await removeDrafts();
      await clone.write(".changeset/mine.md", changeset("minor", "`Label.color` is gone from `listLabels`."));
      for (const command of ["changeset:check", "version-packages"]) {
        const { code, stderr } = await clone.pnpm(command);
        expect({ command, code }).toEqual({ command, code: 1 });
        expect(stderr).toContain(
          "declare too low a severity, and these changes since the last release require major",
        );
        expect(stderr).toMatch(
          /major {2}`listLabels`: `Label\.color` is gone\. \(.*spec\/released\/openapi\.yaml:\d+\)/,
        );
      }
      // Another changeset with a higher severity does not make the description right.
      await clone.write(".changeset/other.md", changeset("major", "Another change."));
      expect((await clone.pnpm("changeset:check")).stderr).toContain("`Label.color` is gone");
      for (const name of ["mine", "other"]) await rm(join(clone.folder, `.changeset/${name}.md`));
    },
  );

  test("an accepted break is released as minor, with its reason", { timeout }, async () => {
    const { changes } = JSON.parse(await clone.done("-s", "spec:diff", "--json")) as {
      changes: { rule: string; pointer: string; severity: string }[];
    };
    const { rule, pointer } = changes.find(({ severity }) => severity === "major") ?? {};
    const entry = { rule, place: pointer, reason: "The API never sent it.", expires: "2999-12-31" };
    await clone.write("spec/accepted-breaks.yaml", JSON.stringify([entry]));
    expect(await clone.done("generate")).toContain("drafted .changeset/spec-minor-");
    const sections = await release();
    expect(sections.has("Major")).toBe(false);
    expect(sections.get("Minor")).toMatch(
      /Removed: `Label\.color` is gone\. Accepted as minor: The API never sent it\./,
    );
    await rm(join(clone.folder, "spec/accepted-breaks.yaml"));
  });

  test(
    "a break and an addition are in different sections, also without a Git repository",
    { timeout },
    async () => {
      await rm(join(clone.folder, ".git"), { recursive: true });
      const output = await editLabels(icon, color);
      expect(output).toContain("drafted .changeset/spec-major-");
      const sections = await release();
      expect(sections.get("Major")).toContain("Removed: `Label.icon` is gone.");
      expect(sections.get("Minor")).toContain("Added: `Label.color` is new.");
      expect(sections.get("Minor")).not.toContain("Removed");
    },
  );
});
