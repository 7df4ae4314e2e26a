import { describe, expect, test } from "vitest";
import { readErrorBody } from "../../src/errors/error-body.ts";

const nothing = { detailCode: undefined, trackingId: undefined, messages: [], causes: [] };

describe("readErrorBody", () => {
  test("reads an ErrorResponseDto", () => {
    const body = {
      detailCode: "400.1 Bad Request Content",
      trackingId: "e7eab60924f64aa284175b9fa3309599",
      messages: [{ text: "Bad name", locale: "en-US", localeOrigin: "REQUEST" }],
      causes: [{ text: "Too long" }],
    };
    expect(readErrorBody(body)).toEqual({
      ...body,
      body,
      causes: [{ text: "Too long", locale: null, localeOrigin: null }],
    });
  });

  test.each([
    { error: "JWT expired" },
    { message: "JWT expired" },
    { title: "Unauthorized", detail: "JWT expired" },
    { type: "about:blank", title: "JWT expired", status: 401 },
  ])("reads the message of %j", (body) => {
    const messages = [{ text: "JWT expired", locale: null, localeOrigin: null }];
    expect(readErrorBody(body)).toEqual({ ...nothing, body, messages });
  });

  test.each([
    ["a page", "<html>"],
    ["null", null],
    ["nothing", undefined],
    ["an array", ["error"]],
    [
      "members of the wrong types",
      { messages: 7, causes: [null, {}, "x"], trackingId: 1, detailCode: "", error: {} },
    ],
  ])("keeps a body that is %s, and reads nothing from it", (_, body) => {
    expect(readErrorBody(body)).toEqual({ ...nothing, body });
  });

  test("reports an empty body as undefined", () => {
    expect(readErrorBody("")).toEqual({ ...nothing, body: undefined });
  });
});
