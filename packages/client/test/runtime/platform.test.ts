import { describe, expect, test, vi } from "vitest";
import { hasRequestCache, isBrowser, isWorkerd } from "../../src/runtime/platform.ts";

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64) Chrome/140", true, false],
  ["Cloudflare-Workers", false, true],
  ["Node.js/24", false, false],
  [undefined, false, false],
])("the user agent %s is of a browser: %s, of workerd: %s", (userAgent, browser, workerd) => {
  vi.stubGlobal("navigator", userAgent === undefined ? undefined : { userAgent });
  expect([isBrowser(), isWorkerd()]).toEqual([browser, workerd]);
});

describe("hasRequestCache", () => {
  test("is true on Node", () => expect(hasRequestCache()).toBe(true));

  test.each([
    ["has no Request", undefined],
    ["has a Request without `cache`, as workerd", class {}],
  ])("is false on a runtime that %s", (_, Request) => {
    vi.stubGlobal("Request", Request);
    expect(hasRequestCache()).toBe(false);
  });
});
