import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { emitGallery, galleryFile } from "../src/write-gallery.ts";

test("docs/examples.md shows every example with its output; `pnpm example:gallery` writes it", async () => {
  expect(await readFile(galleryFile, "utf8")).toBe(await emitGallery());
});
