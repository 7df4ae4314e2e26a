import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diffSpecs } from "../src/diff/diff-specs.ts";
import { policy } from "../src/diff/policy.ts";
import { edits } from "./diff-edits.ts";
import { lineOf, temporaryFolder } from "./harness.ts";

const baseFile = new URL("diff-base.yaml", import.meta.url).pathname;
const base = await readFile(baseFile, "utf8");

describe.concurrent("one edit of a spec", () => {
  test.for(edits.map((edit) => [edit.name, edit] as const))("%s", async ([, edit]) => {
    const head = base.replace(edit.from, edit.to);
    expect(head).not.toBe(base);
    await using folder = await temporaryFolder();
    const headFile = join(folder.path, "head.yaml");
    await writeFile(headFile, head);

    const diff = await diffSpecs(baseFile, headFile);

    const found = diff.changes.map(({ severity, rule, operationIds, types, file, line }) => ({
      ...{ severity, rule, operationIds: operationIds.join(" "), types: types.join(" "), file, line },
    }));
    const expected = edit.changes.map(({ rule, severity, operations = "", types = "", gone, at }) => ({
      ...{ severity, rule, operationIds: operations, types },
      ...(gone ? { file: "base", line: lineOf(base, at) } : { file: "head", line: lineOf(head, at) }),
    }));
    expect(found).toEqual(expected);
    expect(diff.severity).toBe(edit.changes[0]?.severity ?? "none");
  });
});

test("every rule has an edit that falls under it", () => {
  const tried = new Set(edits.flatMap(({ changes }) => changes.map(({ rule }) => rule)));
  expect([...policy.keys()].filter((rule) => !tried.has(rule))).toEqual([]);
});
