import { expect, test } from "vitest";
import { type ChangeItem, specItem } from "../../../src/release/changesets/change-item.ts";
import { describes, isCurrent, isUnedited, writeDrafts } from "../../../src/release/changesets/draft-text.ts";
import { change } from "./changes.ts";

const item = (parts: Partial<ChangeItem>): ChangeItem => ({
  severity: "minor",
  packages: ["a", "b"],
  group: "`one`",
  kind: "Added",
  text: "`x` is new. (f:1)",
  ...parts,
});

test("a draft lists the changes of one severity by operation, each once", () => {
  const items = [
    item({}),
    item({ group: "`two`", kind: "Deprecated", text: "`y` is deprecated. (f:2)" }),
    item({ kind: "Removed", text: "`z` is gone. (f:3)" }),
    item({}),
  ];
  expect([...writeDrafts("spec", items).values()]).toEqual([
    `---
"a": minor
"b": minor
---

Additions and other compatible changes:

- \`one\`
  - Added: \`x\` is new. (f:1)
  - Removed: \`z\` is gone. (f:3)
- \`two\`
  - Deprecated: \`y\` is deprecated. (f:2)
`,
  ]);
});

test("a break is never in the same draft as an addition, nor in that of another package", () => {
  const items = [item({}), item({ severity: "major" }), item({ packages: ["c"] })];
  const drafts = [...writeDrafts("spec", items)];
  expect(drafts.map(([id]) => id.replace(/-[0-9a-f]{8}$/, ""))).toEqual([
    "spec-minor",
    "spec-major",
    "spec-minor",
  ]);
  expect(new Set(drafts.map(([id]) => id)).size).toBe(3);
});

test("two branches with different changes have different files, and with the same changes the same", () => {
  const id = (...items: ChangeItem[]) => [...writeDrafts("spec", items).keys()];
  expect(id(item({}))).toEqual(id(item({})));
  expect(id(item({}))).not.toEqual(id(item({ text: "`y` is new. (f:1)" })));
});

const [[id = "", text = ""] = []] = writeDrafts("spec", [specItem(change)]);

test("a draft is unedited until its text changes; line endings do not count", () => {
  expect(isUnedited(id, text)).toBe(true);
  expect(isUnedited(id, text.replaceAll("\n", "\r\n"))).toBe(true);
  expect(isUnedited(id, text.replace("now required", "required"))).toBe(false);
  expect(isUnedited("mine", text)).toBe(false);
});

test("a draft is current while all its changes exist, on any line", () => {
  const moved = specItem({ ...change, line: 99 });
  const other = specItem({ ...change, message: "`offset` is gone." });
  expect(isCurrent(text, [moved, other])).toBe(true);
  expect(isCurrent(text.replaceAll("\n", "\r\n"), [moved])).toBe(true);
  expect(isCurrent(text, [other])).toBe(false);
});

test("a changeset describes a change if it has its names, in any words", () => {
  const mine = "You must pass `limit` to `listPets` (`ListPetsParameters`).";
  expect(describes(mine, specItem(change))).toBe(true);
  expect(describes(mine.replace("`listPets`", "it"), specItem(change))).toBe(false);
});
