import { inspect } from "node:util";
import { expect, test } from "vitest";
import { CallbackError } from "../../src/errors/errors.ts";
import { redactor } from "../../src/errors/redact.ts";
import { toCallbackError } from "../../src/errors/to-callback-error.ts";

test("toCallbackError names the function and the reason, and removes secrets from both the message and the cause", () => {
  const refused = Object.assign(new Error("connect to redis://u:p@host\nwith s3cr3t-token"), { code: "EX" });
  const thrown = Object.assign(new Error("redis down: s3cr3t-token", { cause: refused }), {
    config: "s3cr3t-token",
  });
  const error = toCallbackError("rateLimit.acquire", thrown, redactor(["s3cr3t-token"]));
  expect(error).toBeInstanceOf(CallbackError);
  expect(error.callback).toBe("rateLimit.acquire");
  expect(error.message).toBe(
    "The function rateLimit.acquire threw: connect to redis://[redacted]@host with [redacted]",
  );
  expect(error.cause).toMatchObject({ message: "redis down: [redacted]", cause: { code: "EX" } });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("s3cr3t-token");
});

test.each<[unknown, string]>([
  [undefined, "undefined"],
  ["no reason", "no reason"],
  [Object.create(null), "[object Object]"],
])("toCallbackError accepts the thrown value %o", (thrown, reason) => {
  expect(toCallbackError("body", thrown).message).toBe(`The function body threw: ${reason}`);
});

test("toCallbackError keeps no credentials of a URL without a redactor", () => {
  expect(toCallbackError("body", new Error("GET https://u:p@host")).message).toBe(
    "The function body threw: GET https://[redacted]@host",
  );
});
