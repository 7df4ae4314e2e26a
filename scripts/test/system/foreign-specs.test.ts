import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  at,
  brokenLinks,
  compile,
  entriesOf,
  filesIn,
  generate,
  memberOf,
  parametersOf,
  problemsIn,
  readSpec,
  temporaryFolder,
  textAt,
} from "../support/harness.ts";

const { resolve } = createRequire(import.meta.url);

const specs = [
  {
    name: "the Figma REST API",
    path: resolve("@figma/rest-api-spec/openapi/openapi.yaml"),
    minimum: 40,
    examplesCompile: true,
    problems: [
      "The client does not send the API key in the header `X-Figma-Token`.",
      "The client does not send the API key in the header `X-Figma-Token`.",
    ],
    consumer: `
import type { Methods, User } from "./out/index.ts";
declare const figma: Methods;
export const file: Promise<{ name: string }> = figma.getFile({ file_key: "k", depth: 2 });
export const handle: Promise<User["handle"]> = figma.getMe().then((me) => me.handle);
// @ts-expect-error The key of the file is required.
void figma.getFile({ depth: 2 });
// @ts-expect-error The depth is a number.
void figma.getFile({ file_key: "k", depth: "2" });
void figma.postComment({ file_key: "k", body: { message: "Hello" } });
// @ts-expect-error The message of a comment is required.
void figma.postComment({ file_key: "k", body: {} });
`,
  },
  {
    name: "Scalar Galaxy",
    path: resolve("@scalar/galaxy/3.1.yaml"),
    minimum: 10,
    // No example of a planet can compile, because additionalProperties contradict the types of its properties.
    examplesCompile: false,
    problems: [
      "The example does not fit its schema.",
      "The spec has a webhook.",
      "The client does not send HTTP basic authentication.",
      "The client does not send the API key in the query `api_key`.",
      "The client does not send the API key in the header `X-API-Key`.",
      "The client does not send the API key in the cookie `api_key`.",
      "33 bodies may also be `application/xml`.",
    ],
    consumer: `
import type { Methods, Planet } from "./out/index.ts";
declare const galaxy: Methods;
export const planet: Promise<Planet> = galaxy.createPlanet({ body: { name: "Mars", type: "terrestrial" } });
// @ts-expect-error The id is read-only.
void galaxy.createPlanet({ body: { id: 1, name: "Mars", type: "terrestrial" } });
// @ts-expect-error The name of a planet is required.
void galaxy.createPlanet({ body: { type: "terrestrial" } });
export const id: Promise<number> = planet.then((it) => it.id);
void galaxy.uploadImage({ planetId: 1, body: new FormData() });
void galaxy.uploadImage({ planetId: 1, body: { image: new Blob() } });
// @ts-expect-error A file is a Blob.
void galaxy.uploadImage({ planetId: 1, body: { image: "image" } });
export const nothing: Promise<void> = galaxy.deletePlanet({ planetId: 1 });
// @ts-expect-error The id is a number.
void galaxy.deletePlanet({ planetId: "1" });
`,
  },
];

describe.each(specs)("$name", ({ path, minimum, examplesCompile, problems, consumer }) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let files: Map<string, string>;
  let spec: unknown;
  let ids: string[];

  beforeAll(async () => {
    folder = await temporaryFolder();
    const out = join(folder.path, "out");
    const { code, stderr } = await generate(["--spec", path, "--out", out]);
    expect({ code, problems: problemsIn(stderr).map(({ message }) => message) }).toEqual({
      code: 0,
      problems,
    });
    files = await filesIn(out);
    spec = await readSpec(path);
    ids = operationsOf(spec).map(({ operationId }) => operationId);
    expect(ids.length).toBeGreaterThanOrEqual(minimum);
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  test("the output, a consumer and the examples compile under strict options", async () => {
    await writeFile(join(folder.path, "consumer.ts"), consumer);
    const examples = [...files.values()].flatMap((page) => examplesIn(page));
    expect(examples).toHaveLength(ids.length);
    for (const [index, example] of (examplesCompile ? examples : []).entries()) {
      const client = 'import type { Methods } from "./out/index.ts";\ndeclare const client: Methods;\n';
      await writeFile(join(folder.path, `example-${index}.ts`), client + example);
    }
    expect(await compile(folder.path)).toEqual(new Map());
  });

  test("has exactly one method, row and section for every operation", () => {
    const methods = files.get("methods.ts")?.split("export interface Methods {")[1] ?? "";
    const names = [...methods.matchAll(/^ {2}(\w+)\(/gm)].map(([, name = ""]) => name);
    expect(names.toSorted()).toEqual(ids.toSorted());

    const rows = [...(files.get("operations.ts") ?? "").matchAll(/^ {2}(\w+): \{/gm)].map(
      ([, name = ""]) => name,
    );
    expect(rows.toSorted()).toEqual(ids.toSorted());

    const pages = [...files].filter(([name]) => /^reference\/(?!index|models)/.test(name));
    const sections = pages.flatMap(([, text]) => [...text.matchAll(/^## (\w+)$/gm)].map(([, name]) => name));
    expect(new Set(sections)).toEqual(new Set(ids));
  });

  test("each row of the operation table has the method, path and query parameters of its operation", async () => {
    const { operationTable } = await modulesOf(folder.path);
    for (const { operationId, method, path: template, queryNames } of operationsOf(spec)) {
      expect(operationTable[operationId], operationId).toMatchObject({
        method,
        path: template,
        ...(queryNames.length > 0 && { query: queryNames }),
      });
    }
  });

  test("has a type for every schema", () => {
    const declared = [...(files.get("models.ts") ?? "").matchAll(/^export (?:type|interface) (\w+)/gm)];
    const names = entriesOf(at(spec, "components", "schemas")).map(([name]) => name);
    expect(
      declared.map(([, name = ""]) => name).filter((name) => !/(?:Request|Response)$/.test(name)),
    ).toEqual(names.filter((name) => !/(?:Request|Response)$/.test(name)));
  });

  test("has no broken link between its pages", () => {
    const pages = new Map([...files].filter(([name]) => /^reference\/|^llms\.txt$/.test(name)));
    const links = [...pages.values()].join().match(/\.md#/g);
    expect(links?.length).toBeGreaterThan(ids.length);
    expect(brokenLinks(pages)).toEqual([]);
  });
});

test("the webhook of Scalar Galaxy has no operationId", async () => {
  const spec = await readSpec(resolve("@scalar/galaxy/3.1.yaml"));
  expect(at(spec, "webhooks", "newPlanet", "post")).not.toHaveProperty("operationId");
});

function examplesIn(page: string): string[] {
  return [...page.matchAll(/^### Example\n\n```ts\n([^]*?)\n```$/gm)].map(([, code = ""]) => code);
}

interface OperationFacts {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly queryNames: readonly string[];
}

function operationsOf(spec: unknown): OperationFacts[] {
  return entriesOf(at(spec, "paths")).flatMap(([path, item]) =>
    ["get", "put", "post", "delete", "patch", "options", "head"]
      .filter((method) => memberOf(item, method) !== undefined)
      .map((method) => {
        const operation = at(item, method);
        const query = parametersOf(spec, item, operation).filter(
          (parameter) => memberOf(parameter, "in") === "query",
        );
        return {
          operationId: textAt(operation, "operationId"),
          method: method.toUpperCase(),
          path,
          queryNames: query.map((parameter) => textAt(parameter, "name")),
        };
      }),
  );
}

async function modulesOf(folder: string): Promise<{ operationTable: Record<string, unknown> }> {
  return await import(join(folder, "out/index.ts"));
}
