import { cp, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  at,
  entriesOf,
  lineOf,
  memberOf,
  ownSpec,
  readSpec,
  resolved,
  root,
  run,
  temporaryFolder,
  textAt,
} from "../../support/harness.ts";

let spec: unknown;
beforeAll(async () => {
  spec = await readSpec(ownSpec);
});

const read = "sp:connector:read";
const manage = "sp:connector:manage";
const base = "/connector-customizers";
const instances = "/connector-instances";

describe("operations", () => {
  const operations = [
    ["listConnectorCustomizers", "get", base, read, ["200"]],
    ["createConnectorCustomizer", "post", base, manage, ["200", "201"]],
    ["getConnectorCustomizer", "get", `${base}/{id}`, read, ["200"]],
    ["putConnectorCustomizer", "put", `${base}/{id}`, manage, ["200"]],
    ["deleteConnectorCustomizer", "delete", `${base}/{id}`, manage, ["204"]],
    ["createConnectorCustomizerVersion", "post", `${base}/{id}/versions`, manage, ["200"]],
    ["listConnectorInstances", "get", instances, read, ["200"]],
    ["patchConnectorInstance", "patch", `${instances}/{id}`, manage, ["200"]],
  ] as const;
  const experimental: readonly string[] = ["listConnectorInstances", "patchConnectorInstance"];

  test("are there by their ids, methods and paths", () => {
    const found = entriesOf(at(spec, "paths")).flatMap(([path, item]) =>
      entriesOf(item)
        .filter(([method]) => method !== "parameters")
        .map(([method, operation]) => [at(operation, "operationId"), method, path]),
    );
    expect(found).toEqual(expect.arrayContaining(operations.map(([id, method, path]) => [id, method, path])));
  });

  test.for(operations)("%s: %s %s needs %s", ([id, method, path, scope, successes]) => {
    const operation = at(spec, "paths", path, method);
    expect(at(operation, "security")).toEqual([{ oauth2: [scope] }]);
    const tag = path.startsWith(base) ? "Connector Customizers" : "Connector Instances";
    expect(at(operation, "tags")).toEqual([tag]);
    const missing = path.includes("{id}") || experimental.includes(id) ? ["404"] : [];
    const tooLarge = ["post", "put", "patch"].includes(method) ? ["413"] : [];
    expect(keysOf(at(operation, "responses"))).toEqual([
      ...successes,
      "400",
      "401",
      "403",
      ...missing,
      ...tooLarge,
      "429",
      "500",
    ]);
    for (const success of successes)
      expect(at(operation, "responses", success, "headers")).toHaveProperty("X-Deprecated");
  });

  test("two are experimental, which a header of every request says", () => {
    const said = operations.filter(([, method, path]) => {
      const operation = at(spec, "paths", path, method);
      const parameters = entriesOf(memberOf(operation, "parameters")).map(([, parameter]) => parameter);
      const demanded = JSON.stringify(parameters).includes('"#/components/parameters/Experimental"');
      expect(memberOf(operation, "x-experimental")).toBe(demanded ? true : undefined);
      return demanded;
    });
    expect(said.map(([id]) => id)).toEqual(experimental);
  });

  test.for([
    ["post", base, "application/json", "ConnectorCustomizerCreateRequest", true],
    ["put", `${base}/{id}`, "application/json", "ConnectorCustomizerUpdateRequest", false],
  ] as const)("%s %s takes %s", ([method, path, type, schema, required]) => {
    const requestBody = at(spec, "paths", path, method, "requestBody");
    expect(at(requestBody, "required")).toBe(required);
    expect(at(requestBody, "content", type, "schema")).toEqual({ $ref: `#/components/schemas/${schema}` });
  });

  test("an instance is patched by changes, one at least, as a JSON Patch", () => {
    const requestBody = at(spec, "paths", `${instances}/{id}`, "patch", "requestBody");
    expect(at(requestBody, "required")).toBe(true);
    expect(keysOf(at(requestBody, "content"))).toEqual(["application/json-patch+json"]);
    expect(at(requestBody, "content", "application/json-patch+json", "schema")).toEqual({
      type: "array",
      minItems: 1,
      items: schemaRef("ConnectorInstanceChange"),
    });
  });

  test("a version is uploaded as a zip, which may be left out", () => {
    expect(at(spec, "paths", `${base}/{id}/versions`, "post", "requestBody")).toMatchObject({
      required: false,
      content: { "application/zip": { schema: { type: "string", format: "binary" } } },
    });
  });

  test.for([
    ["get", base, "200", { type: "array", items: schemaRef("ConnectorCustomizersResponse") }],
    ["post", base, "201", schemaRef("ConnectorCustomizerCreateResponse")],
    ["get", `${base}/{id}`, "200", schemaRef("ConnectorCustomizersResponse")],
    ["put", `${base}/{id}`, "200", schemaRef("ConnectorCustomizerUpdateResponse")],
    [
      "post",
      `${base}/{id}/versions`,
      "200",
      { oneOf: [schemaRef("ConnectorCustomizerVersionCreateResponse"), { type: "null" }] },
    ],
    ["get", instances, "200", { type: "array", items: schemaRef("ConnectorInstance") }],
    ["patch", `${instances}/{id}`, "200", schemaRef("ConnectorInstance")],
  ] as const)("%s %s answers %s with its schema", ([method, path, status, schema]) => {
    const content = at(spec, "paths", path, method, "responses", status, "content");
    expect(at(content, "application/json", "schema")).toEqual(schema);
  });

  test("a deletion answers without a body", () => {
    expect(at(spec, "paths", `${base}/{id}`, "delete", "responses", "204")).not.toHaveProperty("content");
  });
});

describe("parameters", () => {
  test.for([
    [
      "Offset",
      { name: "offset", in: "query", required: false },
      { type: "integer", format: "int32", minimum: 0, default: 0 },
    ],
    [
      "Limit",
      { name: "limit", in: "query", required: false },
      { type: "integer", format: "int32", minimum: 0, maximum: 250, default: 250 },
    ],
    ["CustomizerId", { name: "id", in: "path", required: true }, { type: "string" }],
    ["InstanceId", { name: "id", in: "path", required: true }, { type: "string" }],
    [
      "Experimental",
      { name: "X-SailPoint-Experimental", in: "header", required: true },
      { type: "string", const: "true" },
    ],
  ] as const)("%s", ([name, facts, schema]) => {
    const parameter = at(spec, "components", "parameters", name);
    expect(parameter).toMatchObject(facts);
    expect(at(parameter, "schema")).toEqual(schema);
  });

  test("the list is paginated by offset and limit", () => {
    const get = at(spec, "paths", base, "get");
    expect(at(get, "x-pagination")).toEqual({ offset: "offset", limit: "limit" });
    expect(at(get, "parameters")).toEqual(
      expect.arrayContaining([
        { $ref: "#/components/parameters/Offset" },
        { $ref: "#/components/parameters/Limit" },
      ]),
    );
  });
});

describe("schemas", () => {
  const schemas: Record<string, readonly string[]> = {
    ConnectorCustomizerCreateRequest: ["name"],
    ConnectorCustomizerCreateResponse: ["id", "name", "tenantID", "created"],
    ConnectorCustomizersResponse: ["id", "name", "imageVersion", "imageID", "tenantID", "created"],
    ConnectorCustomizerUpdateRequest: ["name"],
    ConnectorCustomizerUpdateResponse: ["id", "name", "tenantID", "created", "imageVersion", "imageID"],
    ConnectorCustomizerVersionCreateResponse: [
      "customizerID",
      "connectorCustomizerId",
      "imageID",
      "version",
      "created",
    ],
    ConnectorInstance: ["id", "name", "connectorCustomizerId"],
    ConnectorInstanceChange: [],
    LinkConnectorCustomizer: ["op", "path", "value"],
    UnlinkConnectorCustomizer: ["op", "path"],
    ErrorResponseDto: ["detailCode", "trackingId", "messages", "causes"],
    ErrorMessageDto: ["locale", "localeOrigin", "text"],
    ListAccessProfiles401Response: ["error"],
    ListAccessProfiles429Response: ["message"],
  };

  test("are these", () => {
    expect(keysOf(at(spec, "components", "schemas")).toSorted()).toEqual(Object.keys(schemas).toSorted());
  });

  test.for(Object.entries(schemas))("%s has %j", ([name, names]) => {
    expect(keysOf(propertiesOf(name)).toSorted()).toEqual(names.toSorted());
  });

  test.for([
    ["ConnectorCustomizersResponse", "id", { type: "string", readOnly: true }],
    ["ConnectorCustomizersResponse", "imageVersion", { type: "integer", format: "int64" }],
    ["ConnectorCustomizerUpdateResponse", "imageVersion", { type: "integer", format: "int64" }],
    ["ConnectorCustomizerVersionCreateResponse", "version", { type: "integer", format: "int64" }],
    ["ConnectorCustomizerCreateResponse", "created", { type: "string", format: "date-time" }],
    ["ConnectorInstance", "connectorCustomizerId", { type: ["string", "null"] }],
    ["LinkConnectorCustomizer", "op", { const: "replace" }],
    ["LinkConnectorCustomizer", "path", { const: "/connectorCustomizerId" }],
    ["LinkConnectorCustomizer", "value", { type: "string" }],
    ["UnlinkConnectorCustomizer", "op", { const: "remove" }],
    ["UnlinkConnectorCustomizer", "path", { const: "/connectorCustomizerId" }],
    ["ErrorResponseDto", "messages", { type: "array", items: schemaRef("ErrorMessageDto") }],
    ["ErrorResponseDto", "causes", { type: "array", items: schemaRef("ErrorMessageDto") }],
    ["ErrorMessageDto", "locale", { type: ["string", "null"] }],
    ["ErrorMessageDto", "localeOrigin", { type: ["string", "null"], enum: ["DEFAULT", "REQUEST", null] }],
  ] as const)("%s.%s is %j", ([name, property, facts]) => {
    expect(at(propertiesOf(name), property)).toMatchObject(facts);
  });

  test("a change of an instance is a link or its end, whole", () => {
    expect(at(spec, "components", "schemas", "ConnectorInstanceChange", "oneOf")).toEqual([
      schemaRef("LinkConnectorCustomizer"),
      schemaRef("UnlinkConnectorCustomizer"),
    ]);
    const required = (name: string) => at(spec, "components", "schemas", name, "required");
    expect(required("LinkConnectorCustomizer")).toEqual(["op", "path", "value"]);
    expect(required("UnlinkConnectorCustomizer")).toEqual(["op", "path"]);
    expect(required("ConnectorInstance")).toEqual(["id"]);
  });

  test("no schema forbids properties that a later version of the API may add", () => {
    expect(JSON.stringify(at(spec, "components", "schemas"))).not.toMatch(
      /additionalProperties|unevaluatedProperties/,
    );
  });

  /** Its own, and those of what it is composed of. */
  function propertiesOf(name: string): unknown {
    const gather = (schema: unknown): [string, unknown][] => [
      ...entriesOf(memberOf(schema, "allOf")).flatMap(([, part]) => gather(resolved(spec, part))),
      ...entriesOf(memberOf(schema, "properties")),
    ];
    return Object.fromEntries(gather(at(spec, "components", "schemas", name)));
  }
});

describe("errors", () => {
  test.for([
    ["400", "BadRequest", "ErrorResponseDto"],
    ["401", "Unauthorized", "ListAccessProfiles401Response"],
    ["403", "Forbidden", "ErrorResponseDto"],
    ["404", "NotFound", "ErrorResponseDto"],
    ["413", "ContentTooLarge", "ErrorResponseDto"],
    ["429", "TooManyRequests", "ListAccessProfiles429Response"],
    ["500", "InternalServerError", "ErrorResponseDto"],
  ] as const)("%s is %s, with %s, everywhere", ([status, name, schema]) => {
    const content = at(spec, "components", "responses", name, "content");
    expect(at(content, "application/json", "schema")).toEqual(schemaRef(schema));
    const responses = entriesOf(at(spec, "paths"))
      .flatMap(([, item]) => entriesOf(item))
      .map(([, operation]) => memberOf(memberOf(operation, "responses"), status))
      .filter((response) => response !== undefined);
    expect(responses.length).toBeGreaterThan(0);
    for (const response of responses) expect(response).toEqual({ $ref: `#/components/responses/${name}` });
  });

  test("429 says how many seconds to wait", () => {
    expect(at(spec, "components", "responses", "TooManyRequests", "headers")).toEqual({
      "Retry-After": { $ref: "#/components/headers/Retry-After" },
    });
    expect(at(spec, "components", "headers", "Retry-After")).toMatchObject({
      required: true,
      schema: { type: "integer", minimum: 0 },
    });
  });
});

test("the server has a tenant and a version of the API", () => {
  expect(at(spec, "servers")).toHaveLength(1);
  expect(at(spec, "servers", 0, "url")).toBe("https://{tenant}.api.identitynow.com/{apiVersion}");
  const variables = at(spec, "servers", 0, "variables");
  expect(keysOf(variables)).toEqual(["tenant", "apiVersion"]);
  expect(at(variables, "apiVersion")).toMatchObject({
    default: "v2024",
    enum: ["v2024", "v2025", "v2026", "beta"],
    "x-service-versions": ["v1"],
  });
});

test.for([
  ["/connector-instances", "get"],
  ["/connector-instances/{id}", "patch"],
] as const)("the experimental %s %s names every version that the vendor lists", ([path, method]) => {
  const operation = at(spec, "paths", path, method);
  expect(at(operation, "x-experimental")).toBe(true);
  const description = textAt(operation, "description").replaceAll(/\s+/g, " ");
  expect(description).toContain("under `beta`, `v2024`, `v2025`, `v2026` and `v1`");
});

test("the token endpoint has no version in its path, and grants these scopes", () => {
  const scheme = at(spec, "components", "securitySchemes", "oauth2");
  expect(at(scheme, "type")).toBe("oauth2");
  expect(at(scheme, "flows", "clientCredentials", "tokenUrl")).toBe("/oauth/token");
  expect(keysOf(at(scheme, "flows", "clientCredentials", "scopes"))).toEqual([read, manage]);
});

describe("lint", () => {
  test("finds nothing in the spec", async () => {
    const { code, stdout, stderr } = await run([join(root, "scripts/src/commands/spec-lint.ts")]);
    expect(stdout + stderr).toContain("Your API description is valid.");
    expect(stdout + stderr).not.toMatch(/warning|error/i);
    expect(code).toBe(0);
  });

  const redocly = join(createRequire(import.meta.url).resolve("@redocly/cli/package.json"), "../bin/cli.js");

  const examples = `openapi: 3.1.0
info: { title: Things, version: "1" }
paths:
  /things:
    put:
      operationId: putThing
      parameters:
        - name: size
          in: query
          schema: { type: integer, maximum: 9 }
          example: 8
      requestBody:
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Thing" }
            examples: { thing: { value: { name: sent } } }
      responses:
        "200":
          description: The thing.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing" }
              examples: { thing: { value: { name: returned } } }
components:
  schemas:
    Thing:
      type: object
      properties:
        name: { type: string, examples: [known] }
`;

  test.concurrent.for([
    ["a response", "returned", "7", "no-invalid-media-type-examples"],
    ["a request", "sent", "7", "no-invalid-media-type-examples"],
    ["a parameter", "example: 8", "example: 10", "no-invalid-parameter-examples"],
    ["a property", "[known]", "[7]", "no-invalid-schema-examples"],
  ] as const)("finds an example of %s that is not valid", async ([, right, wrong, rule]) => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, "spec"));
    await cp(join(root, "redocly.yaml"), join(folder.path, "redocly.yaml"));
    await writeFile(join(folder.path, "spec/openapi.yaml"), examples.replace(right, wrong));
    const { code, stdout, stderr } = await run([redocly, "lint", "spec/openapi.yaml"], {
      cwd: folder.path,
      env: { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
    const line = lineOf(examples, right);
    expect((stdout + stderr).match(/no-invalid-\S+-examples/g)).toContain(rule);
    expect(stdout + stderr).toMatch(new RegExp(`spec/openapi\\.yaml:${line}:\\d+`));
    expect(code).toBe(1);
  });
});

function keysOf(node: unknown): string[] {
  return entriesOf(node).map(([name]) => name);
}

function schemaRef(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}
