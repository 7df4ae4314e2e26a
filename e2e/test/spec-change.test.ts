import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Document } from "yaml";
import { output } from "./support/command.ts";
import { copyRepository } from "./support/repository-copy.ts";
import { append, customizerId, editedSpec, labelsTag, placeOf } from "./support/spec-edit.ts";

const operation = {
  parameters: [
    customizerId,
    {
      name: "number",
      in: "path",
      required: true,
      description: "The label's number.",
      schema: { type: "integer", minimum: 1 },
    },
  ],
  get: {
    operationId: "getConnectorCustomizerLabel",
    tags: [labelsTag.name],
    summary: "Get a label of a connector customizer",
    description: "One label.",
    responses: {
      200: {
        description: "The label.",
        content: {
          "application/json": {
            schema: {
              type: "object",
              description: "A label.",
              properties: { text: { type: "string", description: "Its text." } },
            },
            examples: { label: { value: { text: "blue" } } },
          },
        },
      },
    },
  },
};

/** Adds an operation, and a field to the body of an existing one. */
function edit(spec: Document): void {
  append(spec, ["tags"], labelsTag);
  const create = placeOf(spec, "createConnectorCustomizer");
  const path = "/connector-customizers/{id}/labels/{number}";
  spec.setIn(["paths", path], spec.createNode(operation));
  const badRequest: unknown = spec.getIn([...create, "responses", "400"]);
  spec.setIn(["paths", path, "get", "responses", "400"], badRequest);
  const body = [...create, "requestBody", "content", "application/json", "schema", "$ref"];
  const [, ...schema] = String(spec.getIn(body)).split("/");
  const field = { type: "string", description: "A label of the customizer." };
  spec.setIn([...schema, "properties", "label"], spec.createNode(field));
}

const program = `
import { BadRequestError, createClient } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";

await using mock = await startMockTenant();
const client = createClient({ baseUrl: mock.baseUrl, auth: mock });

const created = await client.createConnectorCustomizer({ body: { name: "x", label: "blue" } });
const label = await client.getConnectorCustomizerLabel({ id: created.id, number: 7 });
const text: string | undefined = label.text;
const badRequest: unknown = await client.getConnectorCustomizerLabel({ id: "a", number: 0 }).catch((error: unknown) => error);
// Never called: only the compiler looks at it.
export const invalid = () => {
  // @ts-expect-error -- a label's number is a number
  client.getConnectorCustomizerLabel({ id: "a", number: "7" });
  // @ts-expect-error -- a label is a string
  client.createConnectorCustomizer({ body: { label: 7 } });
};

console.log(JSON.stringify({ label, text, rejected: badRequest instanceof BadRequestError, operations: mock.requests.map(({ operationId }) => operationId) }));
`;

test("`pnpm generate` turns a new operation and a new field into a typed, documented method and a mock route", async () => {
  await using folder = await copyRepository();
  const copy = folder.path;

  const path = join(copy, "spec/openapi.yaml");
  await writeFile(path, editedSpec(await readFile(path, "utf8"), edit));

  const report = await output("pnpm", ["generate"], { cwd: copy });
  const written = Array.from(report.matchAll(/^(?:wrote|removed) (.+)$/gm), ([, file = ""]) => file);
  expect(written).toContain("packages/types/src/generated/methods.ts");
  expect(written.filter((file) => !/^(?:packages\/types\/src\/generated|docs)\//.test(file))).toEqual([]);
  const reference = await readFile(join(copy, "docs/reference/labels.md"), "utf8");
  expect(reference).toContain("## getConnectorCustomizerLabel\n");
  expect(reference).toContain("`GET /connector-customizers/{id}/labels/{number}`");
  expect(await readFile(join(copy, "docs/reference/models.md"), "utf8")).toContain("| `label` | `string` |");

  await writeFile(join(copy, "packages/examples/src/new-method.ts"), program);
  await output("pnpm", ["exec", "tsdown"], { cwd: copy });
  await output("pnpm", ["exec", "tsc", "-b", "packages/client", "packages/mock-tenant"], { cwd: copy });
  await output("pnpm", ["exec", "tsc", "-p", "packages/examples"], { cwd: copy });
  const printed = await output("pnpm", ["exec", "node", "packages/examples/src/new-method.ts"], {
    cwd: copy,
  });
  expect(JSON.parse(printed)).toEqual({
    label: { text: "blue" },
    text: "blue",
    rejected: true,
    operations: [
      null,
      "createConnectorCustomizer",
      "getConnectorCustomizerLabel",
      "getConnectorCustomizerLabel",
    ],
  });
});
