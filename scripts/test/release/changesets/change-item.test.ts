import { expect, test } from "vitest";
import { changeItems, specItem, surfaceItem } from "../../../src/release/changesets/change-item.ts";
import { change, surface } from "./changes.ts";

test("a change of the spec has its operations, kind, types and line", () => {
  expect(specItem(change)).toEqual({
    severity: "major",
    packages: ["@isc-customizers/client", "@isc-customizers/types"],
    group: "`listPets`",
    kind: "Changed",
    text: "The query parameter `limit` is now required. (`ListPetsParameters`, spec/openapi.yaml:12)",
  });
});

test("a type in the message is not repeated, and the first four of many operations are named", () => {
  const message = "`listPets` has another `description` than `ListPetsParameters`.";
  const operationIds = ["a", "b", "c", "d", "e", "f"];
  expect(specItem({ ...change, message, operationIds })).toMatchObject({
    group: "`a`, `b`, `c`, `d` and 2 more",
    text: `${message} (spec/openapi.yaml:12)`,
  });
});

test("a type whose member is in the message is not repeated", () => {
  const message = "`ListPetsParameters.limit` is gone.";
  expect(specItem({ ...change, message }).text).toBe(`${message} (spec/openapi.yaml:12)`);
});

test("a removed part has its place in the released spec, and a part without a line has its pointer", () => {
  expect(specItem({ ...change, file: "base" }).text).toContain("spec/released/openapi.yaml:12)");
  expect(specItem({ ...change, line: undefined }).text).toContain(", #/paths/~1pets/get/parameters/0)");
});

test("a change in another file of the spec has its place there", () => {
  expect(specItem({ ...change, path: "spec/labels.yaml" }).text).toContain(", spec/labels.yaml:12)");
});

test("an accepted break has its reason", () => {
  expect(specItem({ ...change, accepted: "It never worked. (until 2027-01-31)" }).text).toContain(
    "is now required. Accepted as minor: It never worked. (until 2027-01-31) (`ListPetsParameters`,",
  );
});

test("a deprecation has a kind of its own", () => {
  expect(specItem({ ...change, rule: "operation-deprecated" }).kind).toBe("Deprecated");
  expect(specItem({ ...change, rule: "operation-undeprecated" }).kind).toBe("Changed");
});

test("a change of the public types has its package, name and report", () => {
  expect(surfaceItem(surface)).toMatchObject({
    group: "The types of `@isc-customizers/client`",
    kind: "Added",
    text: "`Options` is new. (etc/client.api.md:7)",
  });
});

test("a change of the generated types counts only if it is more severe than the changes of the spec", () => {
  const ofTypes = { ...surface, package: "@isc-customizers/types" };
  expect(changeItems({ severity: "minor", changes: [] }, [surface, ofTypes]).types).toHaveLength(1);
  expect(changeItems({ severity: "patch", changes: [] }, [surface, ofTypes]).types).toHaveLength(2);
});
