import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildModel } from "../../src/model/build-model.ts";
import { loadSpec } from "../../src/spec/load/load-spec.ts";
import { nameModels } from "../../src/naming/name-models.ts";
import { nameOperations, parametersName } from "../../src/naming/name-operations.ts";
import { nameParameters } from "../../src/naming/name-parameters.ts";
import { Names } from "../../src/naming/names.ts";
import { api, temporaryFolder } from "../support/harness.ts";

describe("a schema", () => {
  test.each([
    [
      ["Planet", "planet", "$planet", "Größe"],
      ["Planet", "planet", "$planet", "Größe"],
    ],
    [
      ["simple-user", "planet.v1", "a b/c"],
      ["SimpleUser", "PlanetV1", "ABC"],
    ],
    [
      ["1st", "007"],
      ["_1st", "_007"],
    ],
    [
      ["class", "string", "Blob", "ApiPromise", "paths"],
      ["ClassModel", "StringModel", "BlobModel", "ApiPromiseModel", "PathsModel"],
    ],
    [
      ["a-b", "a.b", "AB"],
      ["AB_2", "AB_3", "AB"],
    ],
    [
      ["😀", "-", "*/"],
      ["Schema", "Schema_2", "Schema_3"],
    ],
    [["form-data"], ["FormDataModel"]],
    [
      ["constructor", "__proto__"],
      ["constructor", "__proto__"],
    ],
  ])("%j is %j", (schemas, names) => {
    expect([...nameModels(schemas).names.values()]).toEqual(names);
  });

  test("that is new takes no name away", () => {
    const before = nameModels(["a-b"]).names.get("a-b");
    expect(nameModels(["c", "a-b", "D"]).names.get("a-b")).toBe(before);
  });
});

describe("an operation", () => {
  const named = (...operationIds: (string | undefined)[]) =>
    nameOperations(
      operationIds.map((operationId) => ({ operationId, method: "get", path: "/planets/{id}/big-moons" })),
    );

  test.each([
    [
      ["getPlanet", "Planet1", "get_planet"],
      ["getPlanet", "Planet1", "get_planet"],
    ],
    [
      ["repos/get", "get-planet", "Get a planet."],
      ["reposGet", "getPlanet", "getAPlanet"],
    ],
    [
      ["getPlanet", "getPlanet", "get-planet"],
      ["getPlanet", "getPlanet_2", "getPlanet_3"],
    ],
    [
      ["get-planet", "getPlanet"],
      ["getPlanet_2", "getPlanet"],
    ],
    [
      ["delete", "class"],
      ["delete", "class"],
    ],
    [
      ["raw", "use", "eject", "then", "constructor", "__proto__"],
      [
        "rawOperation",
        "useOperation",
        "ejectOperation",
        "thenOperation",
        "constructorOperation",
        "protoOperation",
      ],
    ],
    [["1st"], ["_1st"]],
    [
      [undefined, "", "😀"],
      ["getPlanetsByIdBigMoons", "getPlanetsByIdBigMoons_2", "getPlanetsByIdBigMoons_3"],
    ],
  ])("%j is %j", (operationIds, names) => {
    expect(named(...operationIds)).toEqual(names);
  });

  test.each([
    ["get", "/", "get"],
    ["get", "/planets/{planet_id}", "getPlanetsByPlanetId"],
    ["post", "/v1/planets.json", "postV1PlanetsJson"],
    ["delete", "/{a}/{b}", "deleteByAByB"],
  ])("without an operationId: %s %s is %s", (method, path, name) => {
    expect(nameOperations([{ operationId: undefined, method, path }])).toEqual([name]);
  });

  test("has a type for its argument that no model has", () => {
    const { scope } = nameModels(["GetPlanetParameters"]);
    expect(parametersName("getPlanet", scope)).toBe("GetPlanetParameters_2");
    expect(parametersName("get_planet", scope)).toBe("GetPlanetParameters_3");
    expect(parametersName("_1st", new Names())).toBe("_1stParameters");
  });
});

describe("a parameter", () => {
  const path = (name: string) => ({ name, in: "path" });
  const query = (name: string) => ({ name, in: "query" });
  const header = (name: string) => ({ name, in: "header" });

  test.each([
    [[path("id"), query("X-Y"), header("a.b")], false, ["id", "X-Y", "a.b"]],
    [[query("id"), path("id"), header("id")], false, ["queryId", "id", "headerId"]],
    [[query("body"), header("body")], true, ["queryBody", "headerBody"]],
    [[query("body")], false, ["body"]],
    [[query("id"), path("id"), query("queryId")], false, ["queryId_2", "id", "queryId"]],
    [[query("a-b"), query("a_b"), query("aB")], false, ["a-b", "a_b", "aB"]],
    [[query("__proto__"), query("constructor")], false, ["queryProto", "constructor"]],
  ])("of %j, next to a body: %s", (parameters, hasBody, members) => {
    expect(nameParameters(parameters, hasBody)).toEqual(members);
  });
});

test("names are those of the document, whatever is left out of it", async () => {
  await using folder = await temporaryFolder();
  const spec = join(folder.path, "spec.yaml");
  const operations = (trace: string) => `
paths:
  /a:
    ${trace}: { operationId: get-planet, responses: {} }
    put: { operationId: get_planet-, responses: {} }
`;
  const idsOf = async (text: string) => {
    await writeFile(spec, api(text));
    const { model } = buildModel((await loadSpec(spec)).document, "spec.yaml");
    return model.operations.map(({ id, path }) => [id, path]);
  };
  expect(await idsOf(operations("get"))).toEqual([
    ["getPlanet", "/a"],
    ["getPlanet_2", "/a"],
  ]);
  expect(await idsOf(operations("trace"))).toEqual([["getPlanet", "/a"]]);
});
