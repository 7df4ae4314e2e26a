import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { api, compile, generate, temporaryFolder } from "../support/harness.ts";

const spec = api(`
paths:
  /planets/{id}:
    get:
      operationId: getPlanet
      summary: Get a planet
      description: "Ends no comment: */ export const oops = 1; /* nor begins one."
      deprecated: true
      x-experimental: false
      parameters:
        - { name: id, in: path, required: true, description: Which one., schema: { type: string } }
        - { name: size, in: query, deprecated: true, schema: { type: integer, minimum: 1, maximum: 9, default: 5 } }
        - { name: order, in: query, schema: { type: string, enum: [near, far] } }
        - { name: tags, in: query, schema: { type: array, items: { type: string } } }
        - { name: where, in: query, style: deepObject, schema: { type: object, properties: { star: { type: string } } } }
        - { name: X-Trace, in: header, required: true, schema: { type: string } }
      responses:
        "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Planet" } } } }
        "202":
          description: Not yet.
          content: { application/json: { schema: { type: object, required: [wait], properties: { wait: { type: number } } } } }
        "404": { description: There is none. }
        "5XX": { description: It failed. }
    put:
      operationId: put-planet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Planet" } } } }
      responses:
        "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Planet" } } } }
        "204": { description: It was so already. }
    delete:
      operationId: deletePlanet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "204": { description: Deleted. } }
  /planets:
    get:
      operationId: listPlanets
      x-pagination: { offset: offset, limit: limit }
      parameters:
        - { name: offset, in: query, schema: { type: integer, default: 0 } }
        - { name: limit, in: query, schema: { type: integer, default: 20 } }
      responses:
        "200":
          description: A page.
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Planet" } } } }
  /latest:
    get:
      operationId: getLatest
      x-experimental: true
      responses:
        "200":
          description: The latest, if any.
          content: { application/json: { schema: { oneOf: [{ $ref: "#/components/schemas/Planet" }, { type: "null" }] } } }
  /story:
    put:
      operationId: putStory
      requestBody: { content: { text/plain: { schema: { type: string } } } }
      responses: { "200": { description: As kept., content: { text/plain: { schema: { type: string } } } } }
  /picture:
    put:
      operationId: putPicture
      requestBody: { required: true, content: { image/png: {} } }
      responses: { "200": { description: As kept., content: { image/png: {} } } }
  /form:
    post:
      operationId: postForm
      requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object } } } }
      responses: { default: { description: Whatever., content: { application/problem+json: { schema: { type: object, properties: { ok: { type: boolean } } } } } } }
components:
  schemas:
    Planet:
      type: object
      description: "A planet. */ export const oops = 2;"
      required: [id, name]
      properties:
        id: { type: string, readOnly: true }
        name: { type: string }
        secret: { type: string, writeOnly: true }
        size: { type: integer, default: 1 }
        moons: { type: array, items: { $ref: "#/components/schemas/Planet" } }
    Giant:
      allOf:
        - $ref: "#/components/schemas/Planet"
        - { type: object, required: [rings], properties: { rings: { type: integer } } }
`);

/** Modules that compile only if what they say of the output is so. */
const facts: Record<string, string> = {
  "a required parameter cannot be left out": `
    void api.getPlanet({ id: "1", "X-Trace": "t" });
    // @ts-expect-error
    void api.getPlanet({ "X-Trace": "t" });
    // @ts-expect-error
    void api.getPlanet({ id: undefined, "X-Trace": "t" });
    // @ts-expect-error
    void api.getPlanet();
    // @ts-expect-error
    void api.deletePlanet({});`,
  "an optional parameter can be left out, or undefined": `
    void api.getPlanet({ id: "1", "X-Trace": "t", size: undefined, order: undefined });
    void api.listPlanets();
    void api.listPlanets({});
    void api.listPlanets({ limit: undefined });
    void api.putStory();
    void api.putStory({});`,
  "an optional body can be left out, but not undefined": `
    void api.putStory({});
    // @ts-expect-error
    void api.putStory({ body: undefined });`,
  "a header of a call can be undefined or null": `
    void api.getLatest({}, { headers: { "X-A": "b", "X-B": null, "X-C": undefined } });
    // @ts-expect-error
    void api.getLatest({}, { headers: { "X-A": 1 } });`,
  "progress has the number of the attempt": `
    void api.getLatest({}, {
      onUploadProgress({ attempt, sent, total }) {
        same<Equal<typeof attempt, number>>(true);
        same<Equal<typeof sent, number>>(true);
        same<Equal<typeof total, number | undefined>>(true);
      },
    });`,
  "a parameter that there is not does not compile": `
    // @ts-expect-error
    void api.listPlanets({ page: 2 });
    // @ts-expect-error
    void api.getLatest({ id: "1" });
    void api.getLatest({});
    void api.getLatest();`,
  "parameters have the types of their schemas": `
    same<Equal<GetPlanetParameters["size"], number | undefined>>(true);
    same<Equal<GetPlanetParameters["order"], "near" | "far" | undefined>>(true);
    same<Equal<GetPlanetParameters["tags"], string[] | undefined>>(true);
    same<Equal<NonNullable<GetPlanetParameters["where"]>["star"], string | undefined>>(true);
    // @ts-expect-error
    void api.getPlanet({ id: "1", "X-Trace": "t", order: "nearest" });`,
  "a header parameter has its own name": `
    same<Equal<GetPlanetParameters["X-Trace"], string>>(true);
    // @ts-expect-error
    void api.getPlanet({ id: "1" });`,
  "an operationId that is no identifier is a method in camel case": `
    void api.putPlanet({ id: "1", body: { name: "Mars" } });
    same<Equal<PutPlanetParameters["id"], string>>(true);`,
  "a body has what the caller sets, and no more": `
    void api.putPlanet({ id: "1", body: { name: "Mars", secret: "s" } });
    // @ts-expect-error
    void api.putPlanet({ id: "1", body: { name: "Mars", id: "1" } });
    // @ts-expect-error
    void api.putPlanet({ id: "1", body: {} });
    // @ts-expect-error
    void api.putPlanet({ id: "1" });`,
  "an answer has what the server sets, and no more": `
    const planet = (await api.putPlanet({ id: "1", body: { name: "Mars" } }))!;
    same<Equal<typeof planet.id, string>>(true);
    // @ts-expect-error
    void planet.secret;`,
  "several successes make a union": `
    const planet = await api.getPlanet({ id: "1", "X-Trace": "t" });
    if ("wait" in planet) same<Equal<typeof planet.wait, number>>(true);
    else same<Equal<typeof planet.name, string>>(true);`,
  "a success without a body is null next to one with": `
    const planet = await api.putPlanet({ id: "1", body: { name: "Mars" } });
    same<Equal<Extract<typeof planet, null>, null>>(true);
    // @ts-expect-error
    void planet.name;`,
  "no body at all is void": `
    same<Equal<Awaited<ReturnType<Methods["deletePlanet"]>>, void>>(true);`,
  "a nullable answer may be null": `
    const latest = await api.getLatest();
    same<Equal<Extract<typeof latest, null>, null>>(true);
    // @ts-expect-error
    void latest.name;
    void latest?.name;`,
  "text is a string": `
    void api.putStory({ body: "Once" });
    // @ts-expect-error
    void api.putStory({ body: { text: "Once" } });
    same<Equal<Awaited<ReturnType<Methods["putStory"]>>, string>>(true);`,
  "bytes go in any form, and come as a Blob": `
    for (const body of [new Blob(), new Uint8Array(1), new ArrayBuffer(1), new Blob().stream(), () => new Blob()])
      void api.putPicture({ body });
    // @ts-expect-error
    void api.putPicture({ body: { width: 1 } });
    same<Equal<Awaited<ReturnType<Methods["putPicture"]>>, Blob>>(true);`,
  "a urlencoded form is URLSearchParams": `
    void api.postForm({ body: new URLSearchParams() });
    // @ts-expect-error
    void api.postForm({ body: { a: "b" } });`,
  "the default response is the success where there is no other, and any JSON is JSON": `
    same<Equal<Awaited<ReturnType<Methods["postForm"]>>["ok"], boolean | undefined>>(true);`,
  "a paginated operation gives pages and items": `
    const page = await api.listPlanets();
    same<Equal<typeof page, PlanetResponse[]>>(true);
    for await (const planet of api.listPlanets({ limit: 5 })) same<Equal<typeof planet, PlanetResponse>>(true);
    for await (const planets of api.listPlanets().pages()) same<Equal<typeof planets, PlanetResponse[]>>(true);
    same<Equal<Awaited<ReturnType<ReturnType<Methods["listPlanets"]>["all"]>>, PlanetResponse[]>>(true);`,
  "a model may hold itself": `
    same<Equal<NonNullable<Planet["moons"]>[number], Planet>>(true);`,
  "what the server has a default for need not be sent": `
    same<Equal<Planet["size"], number | undefined>>(true);`,
  "allOf is all of them": `
    const giant: Giant = { id: "1", name: "Saturn", rings: 7 };
    same<Equal<typeof giant.rings, number>>(true);
    // @ts-expect-error
    const poor: Giant = { id: "1", name: "Saturn" };
    void poor;`,
  "every call takes options": `
    void api.getLatest({}, { signal: AbortSignal.timeout(1), headers: { "X-A": "b" } });
    // @ts-expect-error
    void api.getLatest({}, { signal: 1 });`,
};

const opening = `
import type { GetPlanetParameters, Giant, Methods, Planet, PlanetResponse, PutPlanetParameters } from "../out/index.ts";
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<Is extends true>(is: Is): void;
declare const api: Methods;
export type Used = [GetPlanetParameters, Giant, Planet, PlanetResponse, PutPlanetParameters, Equal<1, 1>];
export { api, same };
`;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let errors: Map<string, string[]>;
const fileOf = (fact: string) => `facts/${fact.replaceAll(/\W+/g, "-")}.ts`;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, "spec.yaml"), spec);
  expect(await generate(["--spec", "spec.yaml", "--out", "out"], { cwd: folder.path })).toMatchObject({
    code: 0,
    stderr: "",
  });
  await mkdir(join(folder.path, "facts"));
  for (const [fact, source] of Object.entries(facts))
    await writeFile(join(folder.path, fileOf(fact)), `${opening}${source}\n`);
  errors = await compile(folder.path);
});
afterAll(() => folder[Symbol.asyncDispose]());

describe("types:", () => {
  test("the output compiles", () => {
    expect([...errors].filter(([file]) => file.startsWith("out/"))).toEqual([]);
  });

  test.for(Object.keys(facts))("%s", (fact) => {
    expect(errors.get(fileOf(fact)) ?? []).toEqual([]);
  });
});

describe("docstrings:", () => {
  let source: ts.SourceFile;
  beforeAll(async () => {
    const text = await readFile(join(folder.path, "out/methods.ts"), "utf8");
    source = ts.createSourceFile("methods.ts", text, ts.ScriptTarget.Latest, true);
  });

  test("a method has its summary, request, errors and an example", () => {
    const { comment, tags } = docOf("Methods", "getPlanet");
    expect(comment).toMatch(/^Get a planet\n\n/);
    expect(comment).toContain("`GET /planets/{id}`");
    expect(tags).toContainEqual(["throws", "NotFoundError 404: There is none."]);
    expect(tags).toContainEqual(["throws", "ServerError 5XX: It failed."]);
    expect(tags).toContainEqual(["example", expect.stringContaining("client.getPlanet({ id: ")]);
  });

  test("marks only deprecated parts", () => {
    const deprecated = (type: string, member: string) =>
      docOf(type, member).tags.some(([tag]) => tag === "deprecated");
    expect(deprecated("Methods", "getPlanet")).toBe(true);
    expect(deprecated("Methods", "deletePlanet")).toBe(false);
    expect(deprecated("GetPlanetParameters", "size")).toBe(true);
    expect(deprecated("GetPlanetParameters", "order")).toBe(false);
  });

  test("marks only experimental operations, with a sentence", () => {
    const experimental = (member: string) => {
      const { comment, tags } = docOf("Methods", member);
      return [comment.includes("Experimental. "), tags.some(([tag]) => tag === "experimental")];
    };
    expect(experimental("getLatest")).toEqual([true, true]);
    expect(experimental("getPlanet")).toEqual([false, false]);
    expect(experimental("deletePlanet")).toEqual([false, false]);
  });

  test("a parameter has its description, range and default", () => {
    expect(docOf("GetPlanetParameters", "id").comment).toBe("Which one.");
    expect(docOf("GetPlanetParameters", "size").comment).toContain("Accepts: 1 to 9.");
    expect(docOf("GetPlanetParameters", "size").tags).toContainEqual(["default", "5"]);
    expect(docOf("GetPlanetParameters", "order").tags).toEqual([]);
  });

  test("only an optional body says how to send none", () => {
    const hint = "Leave `body` out to send none; `undefined` is refused.";
    expect(docOf("PutStoryParameters", "body").comment).toContain(hint);
    expect(docOf("PutPictureParameters", "body").comment).not.toContain(hint);
  });

  test("the end of a comment in a description does not end it", async () => {
    expect(docOf("Methods", "getPlanet").comment).toContain("nor begins one.");
    for (const name of ["methods.ts", "models.ts", "schema.ts"]) {
      const text = await readFile(join(folder.path, "out", name), "utf8");
      const { statements } = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
      expect(
        statements.some((statement) => ts.isVariableStatement(statement)),
        name,
      ).toBe(false);
    }
  });

  function docOf(type: string, member: string): { comment: string; tags: [string, string][] } {
    const declared = source.statements.find(
      (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === type,
    );
    const members = declared && ts.isInterfaceDeclaration(declared) ? declared.members : [];
    const node = members.find(({ name }) => name && "text" in name && name.text === member);
    if (node === undefined) throw new Error(`There is no ${type}.${member}.`);
    const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
    const tags = ts.getJSDocTags(node).map((tag): [string, string] => {
      const thrown = ts.isJSDocThrowsTag(tag) ? `${tag.typeExpression?.type.getText()} ` : "";
      return [tag.tagName.text, thrown + (ts.getTextOfJSDocComment(tag.comment) ?? "")];
    });
    return { comment: docs.map((doc) => ts.getTextOfJSDocComment(doc.comment)).join("\n"), tags };
  }
});

test("the rows tell a client how to send each request and read each answer", async () => {
  const { operationTable }: { operationTable: Record<string, unknown> } = await import(
    join(folder.path, "out/index.ts")
  );
  expect(operationTable).toEqual({
    getPlanet: {
      method: "GET",
      path: "/planets/{id}",
      query: ["size", "order", "tags"],
      header: ["X-Trace"],
      parameters: { where: { in: "query", name: "where", style: "deepObject", explode: false } },
      returns: "json",
    },
    putPlanet: {
      method: "PUT",
      path: "/planets/{id}",
      body: { mediaType: "application/json", kind: "json" },
      returns: "json",
      nullable: true,
    },
    deletePlanet: { method: "DELETE", path: "/planets/{id}" },
    listPlanets: {
      method: "GET",
      path: "/planets",
      query: ["offset", "limit"],
      returns: "json",
      pagination: { offset: "offset", limit: "limit", defaultLimit: 20 },
    },
    getLatest: { method: "GET", path: "/latest", returns: "json", nullable: true },
    putStory: {
      method: "PUT",
      path: "/story",
      body: { mediaType: "text/plain", kind: "text" },
      returns: "text",
    },
    putPicture: {
      method: "PUT",
      path: "/picture",
      body: { mediaType: "image/png", kind: "binary" },
      returns: "binary",
    },
    postForm: {
      method: "POST",
      path: "/form",
      body: { mediaType: "application/x-www-form-urlencoded", kind: "urlencoded" },
      returns: "json",
    },
  });
});

test("OpenAPI 3.0 in several files comes out as one, nullable and all", async () => {
  await using other = await temporaryFolder();
  const root = api(
    `
paths:
  /planets: { $ref: "paths/planets.yaml" }
`,
    "3.0.3",
  );
  const planets = `
get:
  operationId: findPlanet
  parameters: [{ $ref: "../parts.yaml#/Name" }]
  responses:
    "200": { description: It., content: { application/json: { schema: { $ref: "../parts.yaml#/Planet" } } } }
post:
  operationId: addPlanet
  requestBody: { content: { application/json: {} } }
  responses: { "204": { description: Added. } }
`;
  const parts = `
Name: { name: name, in: query, required: true, schema: { type: string } }
Planet:
  type: object
  properties:
    name: { type: string, nullable: true }
    star: { $ref: "#/Star" }
    moon: { nullable: true, allOf: [{ $ref: "#/Star" }] }
Star: { type: object, required: [name], properties: { name: { type: string } } }
`;
  const consumer = `
import type { Methods, Planet, Star } from "./out/index.ts";
declare const api: Methods;
export const planet: Promise<Planet> = api.findPlanet({ name: "Mars" });
export const name: string | null | undefined = (await planet).name;
export const nobody: Planet = { name: null };
export const star: Star | undefined = (await planet).star;
export const moon: string | undefined = (await planet).moon?.name;
void api.addPlanet({ body: [1] });
// @ts-expect-error
void api.findPlanet({});
// @ts-expect-error
export const wrong: Planet = { star: {} };
`;
  await mkdir(join(other.path, "paths"));
  await writeFile(join(other.path, "root.yaml"), root);
  await writeFile(join(other.path, "paths/planets.yaml"), planets);
  await writeFile(join(other.path, "parts.yaml"), parts);
  await writeFile(join(other.path, "consumer.ts"), consumer);
  expect(await generate(["--spec", "root.yaml", "--out", "out"], { cwd: other.path })).toMatchObject({
    code: 0,
  });
  expect(await compile(other.path)).toEqual(new Map());
  expect(await readFile(join(other.path, "out/openapi.json"), "utf8")).not.toContain(".yaml#");
});
