import { expect, test } from "vitest";
import { readMarkdown } from "./read-markdown.ts";

test("finds the blocks in every kind of fence", () => {
  const fences =
    "~~~ts\n1;\n~~~\n\n````ts title=a\n```\n````\n\n> ``` ts\n> 2;\n> ```\n\n- item\n\n  ```sh\n  ls\n  ```\n";
  expect(readMarkdown("a.md", fences).blocks).toEqual([
    { file: "a.md", line: 2, language: "ts", meta: "", code: "1;\n" },
    { file: "a.md", line: 6, language: "ts", meta: "title=a", code: "```\n" },
    { file: "a.md", line: 10, language: "ts", meta: "", code: "2;\n" },
    { file: "a.md", line: 16, language: "sh", meta: "", code: "ls\n" },
  ]);
});

test("reads the reason in the comment before a block, and no other comment", () => {
  const markdown =
    "<!-- not run: needs a\ntenant -->\n\n```sh\nls\n```\n\n<!-- a comment -->\n\n```sh\nls\n```\n";
  const [exempt, other] = readMarkdown("a.md", markdown).blocks;
  expect(exempt?.exemption).toEqual({ kind: "not run", reason: "needs a\ntenant" });
  expect(other?.exemption).toBeUndefined();
});

test("finds links, images, definitions and the anchors of headings", () => {
  const markdown =
    "# The `limit`, twice\n\n[a](b.md#c) ![d](e.svg) [f][g]\n\n[g]: h.md\n\n# The `limit`, twice\n";
  const { links, anchors } = readMarkdown("a.md", markdown);
  expect(links).toEqual([
    { line: 3, target: "b.md#c" },
    { line: 3, target: "e.svg" },
    { line: 5, target: "h.md" },
  ]);
  expect([...anchors]).toEqual(["the-limit-twice", "the-limit-twice-1"]);
});
