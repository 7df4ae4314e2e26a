import { Ajv } from "ajv";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linkNewestSection } from "../../../src/release/changelog/link-changelog.ts";
import { publicNames } from "../../../src/release/changelog/public-names.ts";
import { recordRelease } from "../../../src/release/changelog/release-record.ts";
import { root } from "../../support/harness.ts";

const spec = { version: "1", sha256: "0".repeat(64) };
const names = { operations: ["listPets", "getPet"], types: ["Pet", "Client"] };

const record = recordRelease({
  version: "2.0.0",
  spec,
  names,
  since: {
    names: { operations: ["listPets", "dropPet"], types: ["Pet", "Client", "Gone"] },
    spec: [
      {
        severity: "major",
        rule: "operation-removed",
        kind: "removed",
        operationIds: ["dropPet", "listPets"],
        types: ["Gone"],
        pointer: "#/paths/~1pets/delete",
        line: 3,
        file: "base",
        message: "`dropPet` is gone.",
      },
    ],
    surface: [
      {
        severity: "minor",
        kind: "added",
        path: "Client.close",
        words: "is new",
        package: "@isc-customizers/client",
        file: "etc/client.api.md",
        line: 9,
      },
    ],
  },
});

test("a record lists the added, changed and removed names of a release", () => {
  expect(record).toMatchObject({
    version: "2.0.0",
    severity: "major",
    operations: { added: ["getPet"], changed: ["listPets"], removed: ["dropPet"] },
    types: { added: [], changed: ["Client"], removed: ["Gone"] },
  });
  expect(record.changes.map(({ message }) => message)).toEqual([
    "`dropPet` is gone.",
    "`Client.close` is new.",
  ]);
});

test("the record of the first release lists every name as added", () => {
  expect(recordRelease({ version: "1.0.0", spec, names, since: undefined })).toMatchObject({
    severity: "major",
    operations: { added: ["getPet", "listPets"], changed: [], removed: [] },
    types: { added: ["Client", "Pet"] },
    changes: [],
  });
});

test("the published schema accepts a record, and rejects an unknown severity", async () => {
  const schema = JSON.parse(
    await readFile(join(root, "packages/types/changes.schema.json"), "utf8"),
  ) as object;
  const validate = new Ajv({ allErrors: true }).compile(schema);
  const file = JSON.parse(await readFile(join(root, "packages/types/changes.json"), "utf8")) as object;
  expect(validate(file) || validate.errors).toBe(true);
  expect(validate({ versions: [record] }) || validate.errors).toBe(true);
  expect(validate({ versions: [{ ...record, severity: "huge" }] })).toBe(false);
});

test("the public names are the methods, and the types that can be imported", () => {
  const text = `\`\`\`ts
export interface Methods { getPet(): void; listPets(): void }
export function connect(): Methods;
export const pets: Pet;
export type Pet = string;
interface Hidden {}
\`\`\``;
  expect(publicNames(new Map([["x", { package: "x", file: "x.api.md", text }]]))).toEqual({
    operations: ["getPet", "listPets"],
    types: ["Methods", "Pet"],
  });
});

test("names and lines are linked in the newest section of a changelog, each once", () => {
  const section = "- `listPets` of `Nobody` and [`listPets`](x) (spec/openapi.yaml:3, spec/gone.yaml:4)\n";
  const changelog = `# x\n\n## 2.0.0\n\n${section}\n## 1.0.0\n\n${section}`;
  const links = {
    names: new Map([["listPets", "u#listpets"]]),
    line: (file: string, line: string) => (file === "spec/openapi.yaml" ? `u#L${line}` : undefined),
  };
  expect(linkNewestSection(changelog, links)).toBe(
    `# x\n\n## 2.0.0\n\n- [\`listPets\`](u#listpets) of \`Nobody\` and [\`listPets\`](x) ([spec/openapi.yaml:3](u#L3), spec/gone.yaml:4)\n\n## 1.0.0\n\n${section}`,
  );
  expect(linkNewestSection("# x\n", links)).toBe("# x\n");
});
