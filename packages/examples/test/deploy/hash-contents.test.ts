import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashContents } from "../../src/deploy/hash-contents.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hash-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function hashOf(files: Record<string, string>, year: number): Promise<string> {
  const path = join(folder, "a.zip");
  const entries = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]);
  await writeFile(path, zipSync(Object.fromEntries(entries), { mtime: new Date(year, 1) }));
  return await hashContents(path);
}

test("two zips with the same files have the same hash, whatever their times and order", async () => {
  const hash = await hashOf({ a: "1", b: "2" }, 2020);
  expect(await hashOf({ b: "2", a: "1" }, 2026)).toBe(hash);
});

test("another name, text or border between files makes another hash", async () => {
  const hashes = [{ a: "1", b: "2" }, { a: "1", c: "2" }, { a: "1", b: "3" }, { a: "12", b: "" }, {}];
  const found: string[] = [];
  for (const files of hashes) found.push(await hashOf(files, 2020));
  expect(new Set(found).size).toBe(hashes.length);
});

test("names the file that is not a zip", async () => {
  const path = join(folder, "text.zip");
  await writeFile(path, "text");
  await expect(hashContents(path)).rejects.toThrow(`${path} is not a readable zip.`);
});
