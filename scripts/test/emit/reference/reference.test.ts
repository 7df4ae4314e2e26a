import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  api,
  at,
  brokenLinks,
  entriesOf,
  layersOf,
  memberOf,
  ownSpec,
  parametersOf,
  readSpec,
  resolved,
  sectionOf,
  tableIn,
  temporaryFolder,
  textAt,
} from "../../support/harness.ts";

const customizers = "connector-customizers.md";
const instances = "connector-instances.md";

/** The facts in each operation's section that are not copied from the spec. */
const operations = [
  {
    id: "listConnectorCustomizers",
    page: customizers,
    contentType: "none, because no body is sent",
    returns: "`PagePromise<ConnectorCustomizersResponse>`",
    types: { 200: "`ConnectorCustomizersResponse[]`" },
    call: "customizers.listConnectorCustomizers({ offset: 0, limit: 50 })",
  },
  {
    id: "createConnectorCustomizer",
    page: customizers,
    contentType: "`application/json`",
    returns: "`ApiPromise<ConnectorCustomizerCreateResponse>`",
    body: ["`body`", "body", "`ConnectorCustomizerCreateRequest`", "yes", ""],
    types: { 200: "`ConnectorCustomizerCreateResponse`", 201: "`ConnectorCustomizerCreateResponse`" },
    call: 'customizers.createConnectorCustomizer({ body: { name: "My Custom Connector" } })',
  },
  {
    id: "getConnectorCustomizer",
    page: customizers,
    contentType: "none, because no body is sent",
    returns: "`ApiPromise<ConnectorCustomizersResponse>`",
    types: { 200: "`ConnectorCustomizersResponse`" },
    call: 'customizers.getConnectorCustomizer({ id: "b07dc46a-1498-4de8-bfbb-259a68e70c8a" })',
  },
  {
    id: "putConnectorCustomizer",
    page: customizers,
    contentType: "`application/json`",
    returns: "`ApiPromise<ConnectorCustomizerUpdateResponse>`",
    body: ["`body`", "body", "`ConnectorCustomizerUpdateRequest`", "no", ""],
    types: { 200: "`ConnectorCustomizerUpdateResponse`" },
    call: 'body: { name: "Renamed Custom Connector" }',
  },
  {
    id: "deleteConnectorCustomizer",
    page: customizers,
    contentType: "none, because no body is sent",
    returns: "`ApiPromise<void>`",
    types: { 204: "no body" },
    call: 'await customizers.deleteConnectorCustomizer({ id: "b07dc46a-1498-4de8-bfbb-259a68e70c8a" });',
  },
  {
    id: "createConnectorCustomizerVersion",
    page: customizers,
    contentType: "`application/zip`",
    returns: "`ApiPromise<ConnectorCustomizerVersionCreateResponse | null>`",
    body: ["`body`", "body", "`BinaryBody`", "no", ""],
    types: { 200: "`ConnectorCustomizerVersionCreateResponse \\| null`" },
    call: 'body: await openAsBlob("file.zip")',
  },
  {
    id: "listConnectorInstances",
    page: instances,
    experimental: true,
    contentType: "none, because no body is sent",
    returns: "`ApiPromise<ConnectorInstance[]>`",
    types: { 200: "`ConnectorInstance[]`" },
    call: "customizers.listConnectorInstances()",
  },
  {
    id: "patchConnectorInstance",
    page: instances,
    experimental: true,
    contentType: "`application/json-patch+json`",
    returns: "`ApiPromise<ConnectorInstance>`",
    body: ["`body`", "body", "`ConnectorInstanceChange[]`", "yes", ""],
    types: { 200: "`ConnectorInstance`" },
    call: 'body: [{ op: "replace", path: "/connectorCustomizerId", value: "b07dc46a-1498-4de8-bfbb-259a68e70c8a" }]',
  },
];

const errors: Record<string, readonly [type: string, error: string]> = {
  400: ["`ErrorResponseDto`", "`BadRequestError`"],
  401: ["`ListAccessProfiles401Response`", "`UnauthorizedError`"],
  403: ["`ErrorResponseDto`", "`ForbiddenError`"],
  404: ["`ErrorResponseDto`", "`NotFoundError`"],
  413: ["`ErrorResponseDto`", "`ApiError`"],
  429: ["`ListAccessProfiles429Response`", "`RateLimitError`"],
  500: ["`ErrorResponseDto`", "`ServerError`"],
};

describe("this API's reference", () => {
  let pages: Map<string, string>;
  let spec: unknown;
  beforeAll(async () => {
    const files = await layersOf(ownSpec);
    pages = new Map([...files].filter(([name]) => /^reference\/|^llms\.txt$/.test(name)));
    spec = await readSpec(ownSpec);
  });

  test("is an index, the models, and a page for each tag", () => {
    expect([...pages.keys()].toSorted()).toEqual([
      "llms.txt",
      `reference/${customizers}`,
      `reference/${instances}`,
      "reference/index.md",
      "reference/models.md",
    ]);
  });

  test.for([
    ["Connector Customizers", customizers],
    ["Connector Instances", instances],
  ] as const)("the index and the page of %s have its methods in a table", ([tag, page]) => {
    const inIndex = sectionOf(text("reference/index.md"), `## [${tag}](${page})`);
    for (const markdown of [inIndex, text(`reference/${page}`)]) {
      const { headers, rows } = tableIn(markdown);
      expect(headers).toEqual(["Method", "HTTP request", "Description"]);
      const expected = operations
        .filter((facts) => facts.page === page)
        .map(({ id, experimental }) => {
          const { method, path, operation } = operationOf(id);
          const summary = textAt(operation, "summary");
          return [
            `[\`${id}\`](${page}#${id.toLowerCase()})`,
            `\`${method} ${path}\``,
            experimental ? `${summary} (experimental)` : summary,
          ];
        });
      expect(rows).toEqual(expect.arrayContaining(expected));
    }
  });

  test("llms.txt has every method, and says which are experimental", () => {
    const lines = Array.from(text("llms.txt").matchAll(/^- \[(\w+)\]\(reference\/(.+)#.*\((.+)\)$/gm));
    const expected = operations.map(({ id, page, experimental }) => {
      const { method, path } = operationOf(id);
      return [id, page, `\`${method} ${path}\`${experimental ? ", experimental" : ""}`];
    });
    expect(lines.map(([, id, page, request]) => [id, page, request])).toEqual(
      expect.arrayContaining(expected),
    );
  });

  test("has links that lead somewhere", () => {
    expect(brokenLinks(pages)).toEqual([]);
    expect(brokenLinks(new Map([...pages, ["reference/a.md", "[b](index.md#b) [c](c.md)"]]))).toEqual([
      "reference/a.md: index.md#b",
      "reference/a.md: c.md",
    ]);
  });

  test("describes every model, and every property: type, required, access, description, example", () => {
    for (const [name, schema] of entriesOf(at(spec, "components", "schemas"))) {
      const section = sectionOf(text("reference/models.md"), `## ${name}`);
      expect(section).toContain(at(schema, "description"));
      expect(section).toMatch(/^(?:Used by \[|No operation uses it\.)/m);
      const properties = entriesOf(memberOf(schema, "properties"));
      if (properties.length === 0) continue;
      const { headers, rows } = tableIn(section);
      expect(headers).toEqual(["Name", "Type", "Required", "Access", "Description", "Example"]);
      const required = memberOf(schema, "required") ?? [];
      const expected = properties.map(([property, described]) => [
        `\`${property}\``,
        expect.stringMatching(/`.+`/),
        (required as string[]).includes(property) ? "yes" : "no",
        memberOf(described, "readOnly") === true ? "read-only" : "",
        expect.stringContaining(inCell(textAt(resolved(spec, described), "description"))),
        expect.anything(),
      ]);
      expect(rows).toEqual(expected);
    }
  });

  test("a model links to the operations and the models that use it", () => {
    const update = sectionOf(text("reference/models.md"), "## ConnectorCustomizerUpdateRequest");
    expect(update).toContain(
      "Used by [`putConnectorCustomizer`](connector-customizers.md#putconnectorcustomizer).",
    );
    const link = sectionOf(text("reference/models.md"), "## LinkConnectorCustomizer");
    expect(link).toContain("Used by [`ConnectorInstanceChange`](#connectorinstancechange).");
  });

  describe.for(operations)("$id:", ({ id, page, experimental, contentType, returns, body, types, call }) => {
    const section = () => sectionOf(text(`reference/${page}`), `## ${id}`);
    const part = (heading: string) => sectionOf(section(), `### ${heading}`);

    test("request and description", () => {
      const { method, path, operation } = operationOf(id);
      expect(section()).toContain(`\n\`${method} ${path}\`\n`);
      expect(section()).toContain(at(operation, "summary"));
      expect(section()).toContain(textAt(operation, "description").trim());
    });

    test("says that it is experimental, and lists the headers of its requests", () => {
      const carried = "Every request carries `X-SailPoint-Experimental: true`. ";
      expect(section().includes("\n**Experimental.** ")).toBe(experimental === true);
      expect(part("Parameters").includes(carried)).toBe(experimental === true);
    });

    test("parameters: name, place, type, required, default, description", () => {
      const { parameters, operation } = operationOf(id);
      const given = parameters.filter((parameter) => at(parameter, "in") !== "header");
      const expected: unknown[][] = given.map((parameter) => {
        const type = textAt(parameter, "schema", "type");
        return [
          `\`${textAt(parameter, "name")}\``,
          at(parameter, "in"),
          type === "integer" ? "`number`" : `\`${type}\``,
          at(parameter, "required") === true ? "yes" : "no",
          JSON.stringify(memberOf(at(parameter, "schema"), "default")) ?? "",
          expect.stringContaining(inCell(textAt(parameter, "description"))),
        ];
      });
      if (body) expected.push([...body.map(linked), inCell(textAt(operation, "requestBody", "description"))]);
      if (expected.length === 0) return expect(part("Parameters")).toMatch(/^\nNone\.\n/);
      const { headers, rows } = tableIn(part("Parameters"));
      expect(headers).toEqual(["Name", "In", "Type", "Required", "Default", "Description"]);
      expect(rows).toEqual(expected);
    });

    test("request content type, return type, scopes and example", () => {
      expect(part("Request")).toMatch(`\nContent type: ${contentType}.\n`);
      expect(part("Return type").trim().startsWith(returns)).toBe(true);
      const scope = textAt(operationOf(id).operation, "security", 0, "oauth2", 0);
      expect(part("Required scopes").trim().split("\n")[0]).toBe(`\`${scope}\``);
      expect(part("Example")).toMatch(/^\n```ts\n[^]+\n```\n/);
      expect(section()).toContain(call);
    });

    test("responses: code, description, type, headers, error class", () => {
      const { headers, rows } = tableIn(part("Responses"));
      expect(headers).toEqual(["Code", "Description", "Type", "Response headers", "Throws", "Retried"]);
      const responses = entriesOf(at(operationOf(id).operation, "responses"));
      expect(rows).toEqual(
        responses.map(([status, response]) => {
          const described = resolved(spec, response);
          const [type, error] = errors[status] ?? [new Map(Object.entries(types)).get(status) ?? "", ""];
          return [
            status,
            inCell(textAt(described, "description")),
            linked(type),
            headersOf(memberOf(described, "headers")),
            error,
            retriedAfter(status, operationOf(id).method),
          ];
        }),
      );
    });

    test("the JSON of each response with an example, the base URL, and a curl command", () => {
      const blocks = [...section().matchAll(/<summary>JSON of (\d+)<\/summary>\n\n```json\n([^]*?)\n```/g)];
      const shown = Object.fromEntries(
        blocks.map(([, status = "", json = ""]) => [status, JSON.parse(json)]),
      );
      const expected = entriesOf(at(operationOf(id).operation, "responses")).flatMap(([status, response]) => {
        const media = memberOf(memberOf(resolved(spec, response), "content"), "application/json");
        const [first] = entriesOf(memberOf(media, "examples"));
        const example = memberOf(media, "example") ?? memberOf(resolved(spec, first?.[1]), "value");
        return example === undefined ? [] : [[status, example]];
      });
      expect(Object.keys(shown)).not.toEqual([]);
      expect(shown).toEqual(Object.fromEntries(expected));
      expect(section()).toContain(`\nBase URL: \`${textAt(spec, "servers", 0, "url")}\`\n`);
      const { method } = operationOf(id);
      expect(part("curl")).toMatch(new RegExp(`^\n\`\`\`sh\ncurl --request ${method} 'https://[^{}]*?' `));
    });
  });

  test("bounds stand in the description of a parameter", () => {
    const list = sectionOf(text(`reference/${customizers}`), "## listConnectorCustomizers");
    const parameters = sectionOf(list, "### Parameters");
    expect(tableIn(parameters).rows.map((row) => row.at(-1))).toEqual(
      expect.arrayContaining([expect.stringContaining("at least 0"), expect.stringContaining("0 to 250")]),
    );
  });

  function text(name: string): string {
    return pages.get(name) ?? "";
  }

  function operationOf(id: string) {
    for (const [path, item] of entriesOf(at(spec, "paths"))) {
      for (const [method, operation] of entriesOf(item)) {
        if (memberOf(operation, "operationId") !== id) continue;
        return {
          method: method.toUpperCase(),
          path,
          operation,
          parameters: parametersOf(spec, item, operation),
        };
      }
    }
    throw new Error(`There is no ${id}.`);
  }

  function retriedAfter(status: string, method: string): string {
    if (status.startsWith("2")) return "";
    if (status === "401") return "once, with a new token";
    return status === "429" || (status === "500" && !["POST", "PATCH"].includes(method)) ? "yes" : "no";
  }

  /** A model has a link to its declaration. */
  function linked(type: string): string {
    const model = /^`(\w+)(?:\[\])?`$/.exec(type)?.[1] ?? "";
    if (memberOf(at(spec, "components", "schemas"), model) === undefined) return type;
    return `[${type}](models.md#${model.toLowerCase()})`;
  }

  function headersOf(headers: unknown): string {
    return entriesOf(headers)
      .map(([name, header]) => `\`${name}\`: ${inCell(textAt(resolved(spec, header), "description"))}`)
      .join(" ");
  }
});

describe("a table", () => {
  test("keeps its rows and columns, whatever its texts hold", async () => {
    const files = await pagesOf(`
paths:
  /planets:
    get:
      operationId: listPlanets
      summary: "One | two\\nthree"
      tags: [Planets]
      parameters:
        - name: kind
          in: query
          description: |
            First line | with a bar.

            Second line.
          schema: { type: string, enum: [near, far], pattern: "^(a|b)$" }
      responses:
        "200": { description: "All | of\\nthem." }
        default: { description: "A failure | or\\r\\nso." }
`);
    const planets = files.get("reference/planets.md") ?? "";
    expect(tableIn(planets).rows).toEqual([
      ["[`listPlanets`](planets.md#listplanets)", "`GET /planets`", "One \\| two three"],
    ]);
    expect(tableIn(sectionOf(planets, "### Parameters")).rows).toEqual([
      [
        "`kind`",
        "query",
        '`"near" \\| "far"`',
        "no",
        "",
        "First line \\| with a bar. Second line. (what matches `^(a\\|b)$`)",
      ],
    ]);
    expect(tableIn(sectionOf(planets, "### Responses")).rows).toEqual([
      ["200", "All \\| of them.", "no body", "", "", ""],
      ["default", "A failure \\| or so.", "no body", "", "`ApiError`", "408, 429, 500, 502, 503, 504"],
    ]);
  });
});

describe("pages", () => {
  test("have names of their own, and links between them hold", async () => {
    const get = (id: string, tag: string) =>
      `{ get: { operationId: ${id}, tags: [${tag}], responses: { "200": { description: Done. } } } }`;
    const files = await pagesOf(`
paths:
  /a: ${get("a_b", "Index")}
  /b: ${get("getB", "models")}
  /c: ${get("get-c", '"Big Planets"')}
  /d: ${get("get all d", '"big/planets"')}
  /e: ${get("getE", "Äther")}
  /f: ${get("getF", "数")}
  /g: { get: { operationId: getG, responses: { "200": { description: Done. } } } }
components: { schemas: { Planet: { type: object } } }
`);
    const pages = new Map([...files].filter(([name]) => /^reference\/|^llms\.txt$/.test(name)));
    expect([...pages.keys()].filter((name) => name.startsWith("reference/")).toSorted()).toEqual([
      "reference/a-ther.md",
      "reference/big-planets-2.md",
      "reference/big-planets.md",
      "reference/default.md",
      "reference/index-2.md",
      "reference/index.md",
      "reference/models-2.md",
      "reference/models.md",
      "reference/tag.md",
    ]);
    expect(brokenLinks(pages)).toEqual([]);
  });

  test("mark deprecated operations, and list combined and alternative scopes", async () => {
    const files = await pagesOf(`
paths:
  /planets:
    get:
      operationId: listPlanets
      deprecated: true
      tags: [Planets]
      security: [{ oauth: [read, list] }, { oauth: [admin] }]
      responses: { "200": { description: All. }, 4XX: { description: No. }, 5XX: { description: Down. } }
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: /token, scopes: { read: R, list: L, admin: A } } }
`);
    const planets = files.get("reference/planets.md") ?? "";
    expect(sectionOf(planets, "## listPlanets")).toContain("**Deprecated.**");
    expect(sectionOf(planets, "### Required scopes").trim()).toMatch(/^`read` and `list`, or `admin`/);
    expect(tableIn(sectionOf(planets, "### Responses")).rows.map((row) => [row[0], row[4], row[5]])).toEqual([
      ["200", "", ""],
      ["4XX", "`ApiError`", "408, 429"],
      ["5XX", "`ServerError`", "500, 502, 503, 504"],
    ]);
  });
});

test("the example of a form without a schema sets each field, and objects as JSON", async () => {
  const files = await pagesOf(`
paths:
  /planets:
    post:
      operationId: createPlanet
      tags: [Planets]
      requestBody:
        content: { multipart/form-data: { example: { name: Mars, size: 4, moons: [Phobos], orbit: { days: 687 } } } }
      responses: { "204": { description: Done. } }
`);
  expect(
    sectionOf(files.get("reference/planets.md") ?? "", "### Example")
      .trim()
      .split("\n"),
  ).toEqual([
    "```ts",
    "const form = new FormData();",
    'form.set("name", "Mars");',
    'form.set("size", "4");',
    `form.set("moons", "[\\"Phobos\\"]");`,
    `form.set("orbit", "{\\"days\\":687}");`,
    "await client.createPlanet({ body: form });",
    "```",
  ]);
});

/** A text as a cell of a table has it. */
function inCell(text: string): string {
  return text.trim().replaceAll("\n", " ").replaceAll("|", "\\|");
}

async function pagesOf(rest: string): Promise<Map<string, string>> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "spec.yaml");
  await writeFile(path, api(rest));
  return await layersOf(path);
}
