import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { api, compile, filesIn, generate, sectionOf, tableIn, writeSpec } from "../support/harness.ts";

const spec = api(`
paths:
  /messages:
    post:
      operationId: sendMessage
      tags: [Messages]
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            encoding: { Media: { style: pipeDelimited, explode: false } }
            schema:
              type: object
              required: [To]
              properties:
                To: { type: string, description: The receiver. }
                Media: { type: array, items: { type: string } }
      responses: { "204": { description: Sent. } }
  /files:
    post:
      operationId: addFile
      tags: [Messages]
      requestBody:
        required: true
        content:
          multipart/form-data:
            encoding: { meta: { contentType: application/json } }
            schema:
              allOf:
                - { type: object, required: [file], properties: { file: { type: string, format: binary } } }
                - { type: object, properties: { meta: { type: object, properties: { a: { type: integer } } } } }
      responses: { "204": { description: Added. } }
  /free:
    post:
      operationId: sendFree
      tags: [Messages]
      requestBody: { required: true, content: { multipart/form-data: { schema: { type: object } } } }
      responses: { "204": { description: Sent. } }
`);

test("a form takes its fields, with their types and encodings, and the reference lists them", async () => {
  await using folder = await writeSpec(spec);
  const { file, out } = folder;
  expect(await generate(["--spec", file, "--out", out])).toMatchObject({ code: 0 });
  await writeFile(
    join(folder.path, "user.ts"),
    `import type { AddFileParameters, SendFreeParameters, SendMessageParameters } from "./out/index.ts";
export const fields: SendMessageParameters = { body: { To: "a", Media: ["b"] } };
export const search: SendMessageParameters = { body: new URLSearchParams() };
// @ts-expect-error -- \`To\` is required
export const empty: SendMessageParameters = { body: {} };
export const file: AddFileParameters = { body: { file: new Blob(), meta: { a: 1 } } };
// @ts-expect-error -- a file is a Blob
export const text: AddFileParameters = { body: { file: "text" } };
export const free: SendFreeParameters = { body: new FormData() };
// @ts-expect-error -- the fields are unknown
export const unknown: SendFreeParameters = { body: {} };
`,
  );
  expect(await compile(folder.path)).toEqual(new Map());

  const files = await filesIn(out);
  const table = files.get("operations.ts")?.replace(/["\s]/g, "");
  expect(table).toContain("encoding:{Media:{delimiter:|}}");
  expect(table).toContain("encoding:{meta:{contentType:application/json}}");
  const page = files.get("reference/messages.md") ?? "";
  const { rows } = tableIn(sectionOf(sectionOf(page, "## sendMessage"), "### Parameters"));
  expect(rows).toEqual([
    ["`body`", "body", "object or `URLSearchParams`", "yes", "", ""],
    ["`body.To`", "form", "`string`", "yes", "", "The receiver."],
    ["`body.Media`", "form", "`string[]`", "no", "", ""],
  ]);
});
