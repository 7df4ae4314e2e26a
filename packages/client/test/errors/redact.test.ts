import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactedError, redactHeaders, redactor, redactValue } from "../../src/errors/redact.ts";

const redact = redactor(['s3cr3t/+"\\=', "another one"]);

describe("redactor", () => {
  test.each([
    ["as it is", 'a s3cr3t/+"\\= b another one', "a [redacted] b [redacted]"],
    ["in upper case", 'S3CR3T/+"\\=', "[redacted]"],
    ["percent-encoded", "s3cr3t%2F%2B%22%5C%3D and s3cr3t%2f%2b%22%5c%3d", "[redacted] and [redacted]"],
    ["percent-encoded twice", "s3cr3t%252F%252B%2522%255C%253D", "[redacted]"],
    ["percent-encoded in part", 's3cr3t/%2B"\\%3d', "[redacted]"],
    ["form-encoded", "x=another+one&y=another%20one", "x=[redacted]&y=[redacted]"],
    ["as JSON escapes it", String.raw`{"x":"s3cr3t\/+\"\\="}`, '{"x":"[redacted]"}'],
    [
      "as JSON escapes it twice",
      String.raw`"{\"x\":\"s3cr3t\\/+\\\"\\\\=\"}"`,
      String.raw`"{\"x\":\"[redacted]\"}"`,
    ],
    ["as HTML escapes it", "s3cr3t/&#43;&quot;\\=", "[redacted]"],
    ["as HTML escapes it completely", "s3cr3t&#x2F;&#x2b;&#34;&#92;&#61;", "[redacted]"],
    ["as HTML escapes it twice", "s3cr3t/+&amp;quot;\\&amp;#61;", "[redacted]"],
    ["as .NET escapes it in JSON", String.raw`s3cr3t/\u002B\u0022\\\u003d`, "[redacted]"],
  ])("removes a secret %s", (_, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test.each(["s3cr3t", "", "another"])("leaves %j, which is only the beginning of a secret", (text) => {
    expect(redact(text)).toBe(text);
  });

  test("ignores a secret shorter than 8 characters", () => {
    expect(redactor(["", "a", "1234567"])("a 1234567 b")).toBe("a 1234567 b");
    expect(redactor(["12345678"])("a 12345678 b")).toBe("a [redacted] b");
  });

  test.each([
    ["proxy http://user:pass@host:1/ refused", "proxy http://[redacted]@host:1/ refused"],
    ["https://user@host", "https://[redacted]@host"],
    [String.raw`"https:\/\/user:pass@host\/"`, String.raw`"https:\/\/[redacted]@host\/"`],
    ["https://host/a@b?c@d#e@f", "https://host/a@b?c@d#e@f"],
    ["a@b // c@d", "a@b // c@d"],
  ])("removes the credentials from the URL in %s", (text, expected) => {
    expect(redactor([])(text)).toBe(expected);
  });

  test("removes any secret from any text", () => {
    const secret = fc
      .string({ unit: "grapheme-ascii", minLength: 8 })
      .filter((text) => !"[redacted]".includes(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        const form = new URLSearchParams({ value }).toString().slice("value=".length);
        for (const encoded of [value, encodeURIComponent(value), form, JSON.stringify(value).slice(1, -1)]) {
          const text = redactor([value])(`${before}${encoded}${after}`);
          expect(text.replaceAll("[redacted]", "")).not.toContain(encoded);
        }
      }),
    );
  });

  test("takes little time for a long text of backslashes, slashes or percent signs", () => {
    const redactBackslashes = redactor([`s3cr3t${"\\".repeat(9)}=`]);
    for (const part of ["\\", "/", "%25", "s3cr3t\\"]) {
      const text = `s3cr3t${part.repeat(300_000)}`;
      expect(redactBackslashes(text)).toBe(text);
    }
  });
});

describe("redactValue", () => {
  test("removes secrets from strings and names at any depth, and keeps other values", () => {
    const value = JSON.parse(
      String.raw`{"a":["another\u0020one",1,true,null,{"s3cr3t\/\u002b\u0022\u005c\u003d":"x"}],"b":"kept"}`,
    ) as unknown;
    expect(redactValue(value, redact)).toEqual({
      a: ["[redacted]", 1, true, null, { "[redacted]": "x" }],
      b: "kept",
    });
    expect(redactValue("another one", redact)).toBe("[redacted]");
    expect(redactValue(undefined, redact)).toBeUndefined();
  });

  test("keeps a member named __proto__ as a member", () => {
    const value = redactValue(JSON.parse('{"__proto__":{"polluted":true}}'), redact);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true}}');
    expect(value).not.toHaveProperty("polluted");
  });

  test("cuts a value off below 100 levels", () => {
    const deep = JSON.parse("[".repeat(50_000) + "]".repeat(50_000)) as unknown;
    const text = JSON.stringify(redactValue(deep, redact));
    expect(text).toBe(`${"[".repeat(100)}"…"${"]".repeat(100)}`);
  });
});

describe("redactHeaders", () => {
  test("replaces the values of headers that hold secrets, and redacts all others", () => {
    const headers = new Headers({
      Authorization: "Bearer x",
      "Proxy-Authorization": "Basic x",
      Cookie: "a=b",
      "X-Api-Key": "x",
      "X-CSRF-Token": "x",
      "X-Echo": "got another one",
      Accept: "application/json",
    });
    headers.append("Set-Cookie", "a=b");
    expect(redactHeaders(headers, redact)).toEqual({
      accept: "application/json",
      authorization: "[redacted]",
      cookie: "[redacted]",
      "proxy-authorization": "[redacted]",
      "set-cookie": "[redacted]",
      "x-api-key": "[redacted]",
      "x-csrf-token": "[redacted]",
      "x-echo": "got [redacted]",
    });
    expect(redactHeaders(Object.entries({ AUTHORIZATION: "x" }), redact)).toEqual({
      AUTHORIZATION: "[redacted]",
    });
  });
});

describe("redactedError", () => {
  test("copies the name, message, stack, code and cause of an error", () => {
    const cause = Object.assign(new TypeError("inner another one"), { code: "EX", headers: "another one" });
    const error = new Error("outer another one", { cause });
    const copy = redactedError(error, redact) as Error & { cause: Error & { code: string } };
    expect(copy).toBeInstanceOf(Error);
    expect(copy).not.toBe(error);
    expect([copy.name, copy.message]).toEqual(["Error", "outer [redacted]"]);
    expect(copy.stack).toMatch(/^Error: outer \[redacted\]\n/);
    expect(copy.cause).toMatchObject({ name: "TypeError", message: "inner [redacted]", code: "EX" });
    expect(copy.cause).not.toHaveProperty("headers");
    expect(copy).not.toHaveProperty("code");
    expect(copy.cause.cause).toBeUndefined();
  });

  test("copies the errors of an AggregateError", () => {
    const errors = [new TypeError("another one"), "another one", { secret: "another one" }];
    const copy = redactedError(new AggregateError(errors, "all failed: another one"), redact);
    expect(copy).toMatchObject({ name: "AggregateError", message: "all failed: [redacted]" });
    expect((copy as AggregateError).errors).toEqual([
      expect.objectContaining({ name: "TypeError", message: "[redacted]" }),
      "[redacted]",
      undefined,
    ]);
  });

  test("copies an error of another realm", () => {
    const foreign = { name: "TypeError", message: "another one", stack: "another one at x", code: "EX" };
    const copy = redactedError(foreign, redact);
    expect(copy).toBeInstanceOf(Error);
    expect(copy).toMatchObject({
      name: "TypeError",
      message: "[redacted]",
      stack: "[redacted] at x",
      code: "EX",
    });
  });

  test("redacts a string, and leaves out any other value", () => {
    expect(redactedError("another one", redact)).toBe("[redacted]");
    for (const value of [{ secret: "another one" }, 7, null, undefined])
      expect(redactedError(value, redact)).toBeUndefined();
  });

  test("keeps a cycle of causes a cycle of copies", () => {
    const error = new Error("another one");
    error.cause = error;
    const copy = redactedError(error, redact) as Error;
    expect(copy.message).toBe("[redacted]");
    expect(copy.cause).toBe(copy);
  });

  test("copies no more than 50 errors", () => {
    let error = new Error("first");
    for (let n = 0; n < 20_000; n++) error = new Error("next", { cause: error });
    let count = 0;
    for (let copy = redactedError(error, redact); copy instanceof Error; copy = copy.cause) count++;
    expect(count).toBe(50);
  });

  test("leaves out a code that is not a string", () => {
    expect(redactedError(Object.assign(new Error("x"), { code: 7 }), redact)).not.toHaveProperty("code");
  });
});
