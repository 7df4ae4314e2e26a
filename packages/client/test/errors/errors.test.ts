import { describe, expect, test } from "vitest";
import * as own from "../../src/errors/errors.ts";

/** Loads a second copy of the classes, as an application may get one through its dependencies. */
async function otherCopy(): Promise<typeof own> {
  const built = new URL("../../dist/index.js", import.meta.url);
  return (await import(/* @vite-ignore */ built.href)) as typeof own;
}

type ErrorClass = new (message: string, details: object) => own.IscError;
const names = Object.keys(own) as (keyof typeof own)[];
const details = {
  status: 418,
  headers: new Headers({ "X-Tea": "pot" }),
  operationId: "getTea",
  method: "GET",
  url: "http://localhost/tea",
  attempts: 2,
  retryAfter: 7000,
  body: { messages: [] },
  bodyStart: "",
  detailCode: undefined,
  trackingId: "t",
  messages: [],
  causes: [],
};

describe("instanceof with two copies of the package", () => {
  test("the copies have different classes", async () => {
    const other = await otherCopy();
    expect(other.IscError).not.toBe(own.IscError);
    expect(names).toHaveLength(16);
  });

  test.each(names)("a %s of one copy matches the same classes of both copies", async (name) => {
    const other = await otherCopy();
    const matches = (errors: typeof own) => {
      const error: unknown = new (errors[name] as ErrorClass)("x", details);
      return [own, other].map((copy) => names.filter((candidate) => error instanceof copy[candidate]));
    };
    const [first, second] = matches(own);
    expect(second).toEqual(first);
    expect(matches(other)).toEqual([first, first]);
    expect(first).toContain(name);
    expect(first).toContain("IscError");
    const apiErrors = names.filter((candidate) => own[candidate].prototype instanceof own.ApiError);
    expect(first?.includes("ApiError")).toBe(apiErrors.includes(name) || name === "ApiError");
  });

  test("a subclass of an application matches only its own errors", async () => {
    const other = await otherCopy();
    class TeaError extends own.ApiError {}
    class CoffeeError extends other.ApiError {}
    const tea = new TeaError("x", details);
    expect(tea).toBeInstanceOf(TeaError);
    expect(tea).toBeInstanceOf(other.ApiError);
    expect(tea).not.toBeInstanceOf(CoffeeError);
    expect(new own.ApiError("x", details)).not.toBeInstanceOf(TeaError);
  });

  test.each([null, undefined, 1, "x", {}, new Error("x"), { name: "IscError" }, Object.create(null)])(
    "%s is not an IscError",
    (value) => {
      expect((value as unknown) instanceof own.IscError).toBe(false);
    },
  );
});

describe("toJSON", () => {
  test("returns all fields of an error, and the message of its cause", () => {
    const error = new own.ApiError("No tea.", details);
    error.cause = new TypeError("kettle");
    expect(JSON.parse(JSON.stringify({ error }))).toEqual({
      error: {
        name: "ApiError",
        message: "No tea.",
        status: 418,
        headers: { "x-tea": "pot" },
        operationId: "getTea",
        method: "GET",
        url: "http://localhost/tea",
        attempts: 2,
        retryAfter: 7000,
        body: { messages: [] },
        bodyStart: "",
        trackingId: "t",
        messages: [],
        causes: [],
        cause: "TypeError: kettle",
      },
    });
  });

  test("returns the name and the message of an error without other fields", () => {
    expect(JSON.parse(JSON.stringify(new own.ConnectionError("lost", { cause: "string" })))).toEqual({
      name: "ConnectionError",
      message: "lost",
    });
  });
});

test("a CallbackError names the function, and is not a ConfigurationError", () => {
  const cause = new Error("redis down");
  const error = new own.CallbackError("rateLimit.acquire", "redis down", { cause });
  expect(error).toMatchObject({
    name: "CallbackError",
    message: "The function rateLimit.acquire threw: redis down",
    callback: "rateLimit.acquire",
    cause,
  });
  expect(error).toBeInstanceOf(own.IscError);
  expect(error).not.toBeInstanceOf(own.ConfigurationError);
});
