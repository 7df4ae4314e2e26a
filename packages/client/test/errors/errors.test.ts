import { describe, expect, test } from "vitest";
import * as own from "../../src/errors/errors.ts";

/** Loads a second copy of the classes, as an application may get one through its dependencies. */
async function otherCopy(): Promise<typeof own> {
  const built = new URL("../../dist/index.js", import.meta.url);
  return (await import(/* @vite-ignore */ built.href)) as typeof own;
}

const names = Object.keys(own).filter((name) => name.endsWith("Error")) as (keyof typeof own)[];
const details = {
  status: 418,
  headers: new Headers({ "X-Tea": "pot" }),
  operationId: "getTea",
  method: "GET",
  url: "http://localhost/tea",
  attempts: 2,
  body: { messages: [] },
  bodyStart: "",
  detailCode: undefined,
  trackingId: "t",
  messages: [],
  causes: [],
};

describe("with two copies of the package", () => {
  test("there are two", async () => {
    const other = await otherCopy();
    expect(other.IscError).not.toBe(own.IscError);
    expect(names).toHaveLength(15);
  });

  test.each(names)("a %s of the one is what it is in the other, and nothing else", async (name) => {
    const other = await otherCopy();
    const ancestors = (errors: typeof own) => {
      const error: unknown = new errors[name]("x", details);
      return [own, other].map((copy) => names.filter((candidate) => error instanceof copy[candidate]));
    };
    const [first, second] = ancestors(own);
    expect(second).toEqual(first);
    expect(ancestors(other)).toEqual([first, first]);
    expect(first).toContain(name);
    expect(first).toContain("IscError");
    const apiErrors = names.filter((candidate) => own[candidate].prototype instanceof own.ApiError);
    expect(first?.includes("ApiError")).toBe(apiErrors.includes(name) || name === "ApiError");
  });

  test("a class that an application derives is its own alone", async () => {
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
    "%s is no error of it",
    (value) => {
      expect((value as unknown) instanceof own.IscError).toBe(false);
    },
  );
});

describe("as JSON", () => {
  test("an error says all that it says, and the message of its cause", () => {
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
        body: { messages: [] },
        bodyStart: "",
        trackingId: "t",
        messages: [],
        causes: [],
        cause: "TypeError: kettle",
      },
    });
  });

  test("one that has nothing more has its name and message", () => {
    expect(JSON.parse(JSON.stringify(new own.ConnectionError("lost", { cause: "string" })))).toEqual({
      name: "ConnectionError",
      message: "lost",
    });
  });
});
