import { expect, test } from "vitest";
import { labelOf } from "../../src/errors/request-label.ts";

test("labelOf names the operation, the method and the path without the query", () => {
  const request = { operationId: "getThing", method: "GET", url: "https://acme.example/v2024/things/a?b=c" };
  expect(labelOf(request)).toBe("getThing: GET /v2024/things/a");
});
