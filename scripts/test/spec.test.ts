import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Document, ownSpec, readSpec, root, run, temporaryFolder } from "./harness.ts";

let spec: Document;
beforeAll(async () => {
  spec = await readSpec(ownSpec);
});

const read = "sp:connector:read";
const manage = "sp:connector:manage";
const base = "/connector-customizers";

describe("operations", () => {
  const operations = [
    ["listConnectorCustomizers", "get", base, read, ["200"]],
    ["createConnectorCustomizer", "post", base, manage, ["200", "201"]],
    ["getConnectorCustomizer", "get", `${base}/{id}`, read, ["200"]],
    ["putConnectorCustomizer", "put", `${base}/{id}`, manage, ["200"]],
    ["deleteConnectorCustomizer", "delete", `${base}/{id}`, manage, ["204"]],
    ["createConnectorCustomizerVersion", "post", `${base}/{id}/versions`, manage, ["200"]],
  ] as const;

  test("are these six", () => {
    const found = Object.entries<Document>(spec["paths"]).flatMap(([path, item]) =>
      Object.entries<Document>(item)
        .filter(([method]) => method !== "parameters")
        .map(([method, operation]) => [operation["operationId"], method, path]),
    );
    expect(found).toHaveLength(operations.length);
    expect(found).toEqual(expect.arrayContaining(operations.map(([id, method, path]) => [id, method, path])));
  });

  test.for(operations)("%s: %s %s needs %s", ([, method, path, scope, successes]) => {
    const operation = spec["paths"][path][method];
    expect(operation.security).toEqual([{ oauth2: [scope] }]);
    expect(operation.tags).toEqual(["Connector Customizers"]);
    const missing = path.includes("{id}") ? ["404"] : [];
    expect(Object.keys(operation.responses)).toEqual([
      ...successes,
      "400",
      "401",
      "403",
      ...missing,
      "429",
      "500",
    ]);
    for (const success of successes)
      expect(operation.responses[success].headers).toHaveProperty("X-Deprecated");
  });

  test.for([
    ["post", base, "application/json", "ConnectorCustomizerCreateRequest", true],
    ["put", `${base}/{id}`, "application/json", "ConnectorCustomizerUpdateRequest", false],
  ] as const)("%s %s takes %s", ([method, path, type, schema, required]) => {
    const { requestBody } = spec["paths"][path][method];
    expect(requestBody.required).toBe(required);
    expect(requestBody.content[type].schema).toEqual({ $ref: `#/components/schemas/${schema}` });
  });

  test("a version is uploaded as a zip, which may be left out", () => {
    const { requestBody } = spec["paths"][`${base}/{id}/versions`].post;
    expect(requestBody).toMatchObject({
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
  ] as const)("%s %s answers %s with its schema", ([method, path, status, schema]) => {
    expect(spec["paths"][path][method].responses[status].content["application/json"].schema).toEqual(schema);
  });

  test("a deletion answers without a body", () => {
    expect(spec["paths"][`${base}/{id}`].delete.responses["204"]).not.toHaveProperty("content");
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
  ] as const)("%s", ([name, facts, schema]) => {
    const parameter = spec["components"].parameters[name];
    expect(parameter).toMatchObject(facts);
    expect(parameter.schema).toEqual(schema);
  });

  test("the list is paginated by offset and limit", () => {
    const { get } = spec["paths"][base];
    expect(get["x-pagination"]).toEqual({ offset: "offset", limit: "limit" });
    expect(get.parameters).toEqual([
      { $ref: "#/components/parameters/Offset" },
      { $ref: "#/components/parameters/Limit" },
    ]);
  });
});

describe("schemas", () => {
  const schemas = {
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
    ErrorResponseDto: ["detailCode", "trackingId", "messages", "causes"],
    ErrorMessageDto: ["locale", "localeOrigin", "text"],
    ListAccessProfiles401Response: ["error"],
    ListAccessProfiles429Response: ["message"],
  };

  test("are these", () => {
    expect(Object.keys(spec["components"].schemas).toSorted()).toEqual(Object.keys(schemas).toSorted());
  });

  test.for(Object.entries(schemas))("%s has %j", ([name, names]) => {
    expect(Object.keys(propertiesOf(name)).toSorted()).toEqual(names.toSorted());
  });

  test.for([
    ["ConnectorCustomizersResponse", "id", { type: "string", readOnly: true }],
    ["ConnectorCustomizersResponse", "imageVersion", { type: "integer", format: "int64" }],
    ["ConnectorCustomizerUpdateResponse", "imageVersion", { type: "integer", format: "int64" }],
    ["ConnectorCustomizerVersionCreateResponse", "version", { type: "integer", format: "int64" }],
    ["ConnectorCustomizerCreateResponse", "created", { type: "string", format: "date-time" }],
    ["ErrorResponseDto", "messages", { type: "array", items: schemaRef("ErrorMessageDto") }],
    ["ErrorResponseDto", "causes", { type: "array", items: schemaRef("ErrorMessageDto") }],
    ["ErrorMessageDto", "locale", { type: ["string", "null"] }],
    ["ErrorMessageDto", "localeOrigin", { type: ["string", "null"], enum: ["DEFAULT", "REQUEST", null] }],
  ] as const)("%s.%s is %j", ([name, property, facts]) => {
    expect(propertiesOf(name)[property]).toMatchObject(facts);
  });

  test("none forbids what a later version of the API may add", () => {
    expect(JSON.stringify(spec["components"].schemas)).not.toMatch(
      /additionalProperties|unevaluatedProperties/,
    );
  });

  function propertiesOf(name: string): Document {
    const gather = (schema: Document): Document => ({
      ...Object.assign({}, ...(schema["allOf"] ?? []).map(gather)),
      ...(schema["$ref"] && gather(spec["components"].schemas[schema["$ref"].split("/").at(-1)])),
      ...schema["properties"],
    });
    return gather(spec["components"].schemas[name]);
  }
});

describe("errors", () => {
  test.for([
    ["400", "BadRequest", "ErrorResponseDto"],
    ["401", "Unauthorized", "ListAccessProfiles401Response"],
    ["403", "Forbidden", "ErrorResponseDto"],
    ["404", "NotFound", "ErrorResponseDto"],
    ["429", "TooManyRequests", "ListAccessProfiles429Response"],
    ["500", "InternalServerError", "ErrorResponseDto"],
  ] as const)("%s is %s, with %s", ([status, name, schema]) => {
    const { responses } = spec["components"];
    expect(responses[name].content["application/json"].schema).toEqual(schemaRef(schema));
    expect(spec["paths"][`${base}/{id}`].get.responses[status]).toEqual({
      $ref: `#/components/responses/${name}`,
    });
  });

  test("429 says how many seconds to wait", () => {
    expect(spec["components"].responses.TooManyRequests.headers).toEqual({
      "Retry-After": { $ref: "#/components/headers/Retry-After" },
    });
    expect(spec["components"].headers["Retry-After"]).toMatchObject({
      required: true,
      schema: { type: "integer", minimum: 0 },
    });
  });
});

test("the server has a tenant and a version of the API", () => {
  expect(spec["servers"]).toHaveLength(1);
  const { url, variables } = spec["servers"][0];
  expect(url).toBe("https://{tenant}.api.identitynow.com/{apiVersion}");
  expect(Object.keys(variables)).toEqual(["tenant", "apiVersion"]);
  expect(variables.apiVersion).toMatchObject({
    default: "v2024",
    enum: ["v2024", "v2025", "v2026", "beta"],
    "x-service-versions": ["v1"],
  });
});

test("the token endpoint has no version in its path, and grants these scopes", () => {
  const { type, flows } = spec["components"].securitySchemes.oauth2;
  expect(type).toBe("oauth2");
  expect(flows.clientCredentials.tokenUrl).toBe("/oauth/token");
  expect(Object.keys(flows.clientCredentials.scopes)).toEqual([read, manage]);
});

describe("lint", () => {
  test("finds nothing in the spec", async () => {
    const { code, stdout, stderr } = await run([join(root, "scripts/src/lint-spec.ts")]);
    expect(stdout + stderr).toContain("Your API description is valid.");
    expect(stdout + stderr).not.toMatch(/warning|error/i);
    expect(code).toBe(0);
  });

  const redocly = join(createRequire(import.meta.url).resolve("@redocly/cli/package.json"), "../bin/cli.js");

  test.concurrent.for([
    ["a response", "imageVersion: 2\n", "imageVersion: two\n", "no-invalid-media-type-examples"],
    [
      "a request",
      "name: Renamed Custom Connector\n                  ",
      "name: 7\n                  ",
      "no-invalid-media-type-examples",
    ],
    ["a parameter", "example: 50\n", "example: 500\n", "no-invalid-parameter-examples"],
    ["a property", "examples: [2]\n", "examples: [two]\n", "no-invalid-schema-examples"],
  ] as const)("finds an example of %s that is not valid", async ([, right, wrong, rule]) => {
    await using folder = await temporaryFolder();
    const text = await readFile(ownSpec, "utf8");
    const at = text.indexOf(right);
    expect(at).toBeGreaterThan(0);
    await mkdir(join(folder.path, "spec"));
    await cp(join(root, "redocly.yaml"), join(folder.path, "redocly.yaml"));
    await writeFile(
      join(folder.path, "spec/openapi.yaml"),
      text.slice(0, at) + wrong + text.slice(at + right.length),
    );
    const { code, stdout, stderr } = await run([redocly, "lint", "spec/openapi.yaml"], {
      cwd: folder.path,
      env: { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
    const line = text.slice(0, at).split("\n").length;
    expect(stdout + stderr).toContain(rule);
    expect(stdout + stderr).toMatch(new RegExp(`spec/openapi\\.yaml:${line}:\\d+`));
    expect(code).toBe(1);
  });
});

function schemaRef(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}
