import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freshness } from "../../src/auth/token-freshness.ts";

describe("the freshness of a token", () => {
  test.each([
    [749_000, 60_001, "fresh"],
    [749_000, 60_000, "expiring"],
    [749_000, 10_001, "expiring"],
    [749_000, 10_000, "expired"],
    [749_000, -1, "expired"],
    [40_000, 20_001, "fresh"],
    [40_000, 20_000, "expiring"],
    [40_000, 10_000, "expired"],
    [1000, 501, "fresh"],
    [1000, 251, "expiring"],
    [1000, 250, "expired"],
    [0, 0, "expired"],
    [Infinity, Infinity, "fresh"],
  ])("with a lifetime of %s ms and %s ms left is %s", (lifetime, left, expected) => {
    const issued = 1_000_000;
    const expires = issued + lifetime;
    const now = Number.isFinite(lifetime) ? expires - left : issued;
    expect(freshness({ issued, expires }, now)).toBe(expected);
  });

  test("never improves, and ends as expired", () => {
    const order = ["fresh", "expiring", "expired"];
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e7), fc.nat(2e7), fc.nat(2e7), (issued, lifetime, a, b) => {
        const at = (time: number) =>
          order.indexOf(freshness({ issued, expires: issued + lifetime }, issued + time));
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
        expect(at(lifetime)).toBe(2);
      }),
    );
  });
});
