import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { output } from "./command.ts";
import { copyRepository } from "./repository-copy.ts";

const newField = `        label:
          type: string
          description: A label of the customizer.
`;

const newOperation = `  /connector-customizers/{id}/versions/{version}:
    parameters:
      - $ref: "#/components/parameters/CustomizerId"
      - name: version
        in: path
        required: true
        description: The version's number.
        schema: { type: integer, minimum: 1 }
    get:
      operationId: getConnectorCustomizerVersion
      tags: [Connector Customizers]
      summary: Get a version of a connector customizer
      description: One version.
      security:
        - oauth2: [sp:connector:read]
      responses:
        "200":
          description: The version.
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/ConnectorCustomizerVersionCreateResponse"
              examples:
                version:
                  value: { customizerID: b07dc46a-1498-4de8-bfbb-259a68e70c8a, version: 7 }
        "400":
          $ref: "#/components/responses/BadRequest"
        "404":
          $ref: "#/components/responses/NotFound"
`;

const program = `
import { BadRequestError, createClient } from "@isc-customizers/client";
import { startMockTenant } from "@isc-customizers/mock-tenant";

await using mock = await startMockTenant();
const client = createClient({ baseUrl: mock.baseUrl, auth: mock });

const created = await client.createConnectorCustomizer({ body: { name: "x", label: "blue" } });
const version = await client.getConnectorCustomizerVersion({ id: created.id, version: 7 });
const number: number | undefined = version.version;
const refusal: unknown = await client.getConnectorCustomizerVersion({ id: "a", version: 0 }).catch((error: unknown) => error);
// @ts-expect-error -- a version is a number
client.getConnectorCustomizerVersion({ id: "a", version: "7" });
// @ts-expect-error -- a label is a string
client.createConnectorCustomizer({ body: { label: 7 } });

console.log(JSON.stringify({ version, number, refused: refusal instanceof BadRequestError, operations: mock.requests.map(({ operationId }) => operationId) }));
`;

test("an operation and a field added to the YAML are a typed, documented method and a mock route, by `pnpm generate` alone", async () => {
  await using folder = await copyRepository();
  const copy = folder.path;

  const path = join(copy, "spec/openapi.yaml");
  const spec = await readFile(path, "utf8");
  const edited = spec
    .replace(/^components:$/m, `${newOperation}components:`)
    .replace(/(^    ConnectorCustomizerCreateRequest:\n(?: {6}.*\n)*? {6}properties:\n)/m, `$1${newField}`);
  expect(edited.length).toBe(spec.length + newOperation.length + newField.length);
  await writeFile(path, edited);

  const report = await output("pnpm", ["generate"], { cwd: copy });
  const written = Array.from(report.matchAll(/^(?:wrote|removed) (.+)$/gm), ([, file = ""]) => file);
  expect(written).toContain("packages/types/src/generated/methods.ts");
  expect(written.filter((file) => !/^(?:packages\/types\/src\/generated|docs)\//.test(file))).toEqual([]);
  const reference = await readFile(join(copy, "docs/reference/connector-customizers.md"), "utf8");
  expect(reference).toContain("## getConnectorCustomizerVersion\n");
  expect(reference).toContain("`GET /connector-customizers/{id}/versions/{version}`");
  expect(await readFile(join(copy, "docs/reference/models.md"), "utf8")).toContain("label?: string;");

  await writeFile(join(copy, "packages/examples/src/new-method.ts"), program);
  await output("pnpm", ["exec", "tsc", "-b", "packages/client", "packages/mock-tenant"], { cwd: copy });
  await output("pnpm", ["exec", "tsc", "-p", "packages/examples"], { cwd: copy });
  const shown = await output("pnpm", ["exec", "node", "packages/examples/src/new-method.ts"], { cwd: copy });
  expect(JSON.parse(shown)).toEqual({
    version: { customizerID: "b07dc46a-1498-4de8-bfbb-259a68e70c8a", version: 7 },
    number: 7,
    refused: true,
    operations: [
      null,
      "createConnectorCustomizer",
      "getConnectorCustomizerVersion",
      "getConnectorCustomizerVersion",
    ],
  });
});
