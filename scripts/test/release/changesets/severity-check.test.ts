import { expect, test } from "vitest";
import type { Severity } from "../../../src/diff/severity.ts";
import type { SpecDiff } from "../../../src/diff/spec-diff.ts";
import { changeItems, specItem } from "../../../src/release/changesets/change-item.ts";
import { checkSeverities, describeMissing } from "../../../src/release/changesets/severity-check.ts";
import { change, surface } from "./changes.ts";

const client = "@isc-customizers/client";
const types = "@isc-customizers/types";
const mock = "@isc-customizers/mock-tenant";
const both = (severity: Severity) => ({ [client]: severity, [types]: severity });
const declaration = (severities: Readonly<Record<string, Severity>>, text = "") => ({
  id: "mine",
  text,
  severities: new Map(Object.entries(severities)),
});
const diff: SpecDiff = {
  severity: "major",
  changes: [change, { ...change, severity: "patch", message: "`listPets` has another `description`." }],
};

test.for<readonly [Readonly<Record<string, Severity>>[], Severity, number]>([
  [[], "none", 3],
  [[both("patch")], "patch", 2],
  [[both("minor")], "minor", 1],
  [[both("patch"), both("major")], "major", 0],
  [[{ [mock]: "major" }], "major", 3],
  [[{ [client]: "major" }], "major", 2],
  [[{ [client]: "major" }, { [types]: "patch" }], "major", 1],
  [[{ [client]: "major" }, { [types]: "major" }], "major", 0],
])("the changesets %j declare %s, and leave %i changes undeclared", ([pending, declared, undeclared]) => {
  const check = checkSeverities(
    changeItems(diff, [surface]),
    pending.map((each) => declaration(each)),
  );
  expect(check).toMatchObject({ required: "major", declared });
  expect(check.undeclared).toHaveLength(undeclared);
  const missing = describeMissing(check, pending.length);
  if (undeclared === 0) expect(missing).toBe("");
  else expect(missing).toContain("pnpm changeset:draft");
});

test("the message names the change, the severity and the packages", () => {
  const check = checkSeverities(changeItems(diff, [{ ...surface, package: mock }]), [
    declaration(both("major")),
  ]);
  expect(describeMissing(check, 1)).toMatch(
    /declare too low a severity.* require minor:\n\n {2}minor {2}.*`Options` is new\..*\n +in @isc-customizers\/mock-tenant\n/,
  );
});

test("a break that only a minor changeset describes is undeclared, so that no changelog lists it as minor", () => {
  const breaking = changeItems({ severity: "major", changes: [change] }, []);
  const described = declaration(both("minor"), `\`listPets\`: ${specItem(change).text}`);
  const major = declaration(both("major"), "Another change.");
  expect(checkSeverities(breaking, [described, major]).undeclared).toHaveLength(1);
  expect(checkSeverities(breaking, [{ ...described, severities: major.severities }]).undeclared).toHaveLength(
    0,
  );
});
