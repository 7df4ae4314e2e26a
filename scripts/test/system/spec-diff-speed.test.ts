import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diffSpecs } from "../../src/diff/diff-specs.ts";
import { loadSpec } from "../../src/spec/load/load-spec.ts";
import { api, temporaryFolder } from "../support/harness.ts";

const numbers = (length: number) => Array.from({ length }, (_, index) => index);

/** A spec of the size of a whole platform: 500 paths, 1,000 operations, 500 schemas of 40 properties. */
function platform(typeOf: (schema: number, property: number) => string): string {
  const operation = (method: string, n: number) => `    ${method}:
      operationId: ${method}Thing${n}
      description: ${"Words about the thing. ".repeat(8)}
      parameters:
        - { name: q, in: query, description: Selects things by their words., schema: { type: ${typeOf(n, 0)} } }
      responses:
        "200":
          description: The thing.
          content: { application/json: { schema: { $ref: "#/components/schemas/Thing${n}" } } }
`;
  const path = (n: number) => `  /things${n}/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
${operation("get", n)}${operation("put", n)}`;
  const schema = (n: number) => `    Thing${n}:
      type: object
      properties:
        next: { $ref: "#/components/schemas/Thing${(n * 7 + 1) % 500}" }
${numbers(40)
  .map((p) => property(n, p))
  .join("")}`;
  const property = (n: number, p: number) => `        property${p}:
          type: ${typeOf(n, p)}
          description: Words about the property ${p} of the thing ${n}.
`;
  return api(
    `paths:\n${numbers(500).map(path).join("")}components:\n  schemas:\n${numbers(500).map(schema).join("")}`,
  );
}

test("compares two specs of 3 MB with thousands of changes in less than 10 seconds", async () => {
  await using folder = await temporaryFolder();
  const base = platform(() => "string");
  expect(base.length).toBeGreaterThan(2.5e6);
  await writeFile(join(folder.path, "base.yaml"), base);
  await writeFile(
    join(folder.path, "head.yaml"),
    platform((n, p) => ((n + p) % 9 === 0 ? "integer" : "string")),
  );
  // The time of the processor: other programs of the machine do not count.
  const started = process.threadCpuUsage();
  const [old, current] = [
    await loadSpec(join(folder.path, "base.yaml")),
    await loadSpec(join(folder.path, "head.yaml")),
  ];
  const { changes } = await diffSpecs(old, current);
  const { user, system } = process.threadCpuUsage(started);
  expect(changes.length).toBeGreaterThan(2000);
  expect((user + system) / 1e6).toBeLessThan(10);
}, 120_000);
