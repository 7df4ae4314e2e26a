import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPages, root } from "./pages.ts";

const guide = (await readPages()).find(({ file }) => file === "docs/guides/deploy.md");

test.each(["github-actions.yml", "gitlab-ci.yml"])(
  "the guide shows the pipeline %s as it is",
  async (name) => {
    const file = await readFile(join(root, "packages/examples/pipelines", name), "utf8");
    const [, ...lines] = file.split("\n");
    expect(guide?.blocks.map(({ code }) => code)).toContain(lines.join("\n"));
  },
);
