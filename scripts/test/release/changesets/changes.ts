import type { Change } from "../../../src/diff/spec-diff.ts";
import type { SurfaceChange } from "../../../src/surface/diff-surfaces.ts";

export const change: Change = {
  severity: "major",
  rule: "parameter-became-required",
  kind: "changed",
  operationIds: ["listPets"],
  types: ["ListPetsParameters"],
  pointer: "#/paths/~1pets/get/parameters/0",
  line: 12,
  file: "head",
  message: "The query parameter `limit` is now required.",
};

export const surface: SurfaceChange = {
  severity: "minor",
  kind: "added",
  path: "Options",
  words: "is new",
  package: "@isc-customizers/client",
  file: "etc/client.api.md",
  line: 7,
};
