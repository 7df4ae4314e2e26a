import { mkdir, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { api, filesIn, generate, root, temporaryFolder } from "../support/harness.ts";

const spec = api(`
tags: [{ name: Planets, description: What goes around a star. }]
paths:
  /planets:
    get:
      operationId: listPlanets
      tags: [Planets, Moons]
      parameters: [{ $ref: "parts.yaml#/Limit" }]
      responses:
        "200":
          description: All of them.
          content: { application/json: { schema: { type: array, items: { $ref: "parts.yaml#/Planet" } } } }
`);
const parts = `
Limit: { name: limit, in: query, schema: { type: integer, default: 10 } }
Planet: { type: object, properties: { name: { type: string }, moons: { type: array, items: { $ref: "#/Planet" } } } }
`;

test("the output is the same from any working directory, folder of the spec, time zone and locale", async () => {
  await using folder = await temporaryFolder();
  const [here, there] = [join(folder.path, "here"), join(folder.path, "further/away/there")];
  for (const place of [here, there]) {
    await mkdir(place, { recursive: true });
    await writeFile(join(place, "planets.yaml"), spec);
    await writeFile(join(place, "parts.yaml"), parts);
  }
  const outcomes = await Promise.all([
    generate(["--spec", "planets.yaml", "--out", "out"], { cwd: here }),
    generate(["--spec", join(there, "planets.yaml"), "--out", join(there, "out")], {
      cwd: "/",
      env: { TZ: "Pacific/Auckland", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
    }),
  ]);
  expect(outcomes).toMatchObject([{ code: 0 }, { code: 0 }]);
  const files = await filesIn(join(here, "out"));
  expect(await filesIn(join(there, "out"))).toEqual(files);

  expect(files.get("methods.ts")).toMatch(/^\/\/ Generated from planets\.yaml /);
  for (const [name, text] of files) {
    for (const path of [folder.path, root, tmpdir(), homedir()])
      expect(text.includes(path), `${path} in ${name}`).toBe(false);
    expect(text, name).not.toMatch(/\b20\d\d-\d\d-\d\d|\b\d\d:\d\d:\d\d/);
    expect(text, name).not.toContain(String(new Date().getFullYear()));
  }
});

test("so is that of this repository's spec", async () => {
  await using folder = await temporaryFolder();
  const outcomes = await Promise.all([
    generate(["--out", join(folder.path, "first")], { cwd: root }),
    generate(["--out", "second"], { cwd: folder.path }),
  ]);
  expect(outcomes).toMatchObject([{ code: 0 }, { code: 0 }]);
  const files = await filesIn(join(folder.path, "first"));
  expect(await filesIn(join(folder.path, "second"))).toEqual(files);
  expect(files.get("methods.ts")).toMatch(/^\/\/ Generated from spec\/openapi\.yaml /);
});
