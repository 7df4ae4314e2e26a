import fc from "fast-check";
import { expect, test } from "vitest";
import { RetryQuota } from "../../src/transport/retry-quota.ts";

/** Takes the tokens of as many retries as the quota allows, and returns their number. */
function drain(quota: RetryQuota): number {
  let retries = 0;
  while (quota.take()) retries++;
  return retries;
}

test("a retry costs 5 tokens", () => {
  expect(drain(new RetryQuota(500))).toBe(100);
  expect(drain(new RetryQuota(9))).toBe(1);
  expect(drain(new RetryQuota(4))).toBe(0);
});

test("a success without a retry gives 1 token back", () => {
  const quota = new RetryQuota(100);
  drain(quota);
  for (let success = 0; success < 4; success++) quota.refund(0);
  expect(quota.take()).toBe(false);
  quota.refund(0);
  expect(drain(quota)).toBe(1);
});

test("a success after retries refunds what they took", () => {
  const quota = new RetryQuota(100);
  drain(quota);
  quota.refund(3);
  expect(drain(quota)).toBe(3);
});

test("the quota never exceeds its capacity", () => {
  const quota = new RetryQuota(100);
  for (let success = 0; success < 100; success++) quota.refund(0);
  quota.refund(7);
  expect(drain(quota)).toBe(20);
});

test("an infinite quota allows every retry", () => {
  const quota = new RetryQuota(Infinity);
  for (let retry = 0; retry < 1000; retry++) expect(quota.take()).toBe(true);
});

test("a server that always fails gets 100 retries, and one more for every 5 successes", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 1000 }), (successes) => {
      const quota = new RetryQuota(500);
      let taken = 0;
      for (const success of successes) {
        if (success) quota.refund(0);
        else if (quota.take()) taken++;
      }
      expect(taken).toBeLessThanOrEqual(100 + successes.filter(Boolean).length / 5);
    }),
  );
});
