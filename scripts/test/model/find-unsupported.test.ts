import { expect, test } from "vitest";
import { buildModel } from "../../src/model/build-model.ts";
import { loadSpec } from "../../src/spec/load/load-spec.ts";
import { api, layersOf, sectionOf, tableIn, writeSpec } from "../support/harness.ts";

const spec = api(`
security: [{ key: [] }]
paths:
  /file:
    get:
      operationId: download
      tags: [Files]
      responses:
        "200": { description: The file., content: { application/json: {}, application/xml: {} } }
        "302": { description: Elsewhere. }
  /events:
    get:
      operationId: watch
      tags: [Files]
      security: []
      responses: { "200": { description: Events., content: { text/event-stream: {} } } }
  /form:
    post:
      operationId: send
      tags: [Files]
      security: [{ basic: [] }, { token: [] }]
      requestBody: { content: { application/json: {}, application/xml: {} } }
      responses: { "204": { description: Sent. } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Api-Key }
    basic: { type: http, scheme: basic }
    token: { type: http, scheme: bearer }
`);

test("the report and the reference list the parts that methods do not use", async () => {
  await using folder = await writeSpec(spec);
  const { file } = folder;
  const { diagnostics } = buildModel((await loadSpec(file)).document, "the spec");
  expect(diagnostics.every(({ harmless }) => harmless)).toBe(true);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    "The client does not send the API key in the header `X-Api-Key`.",
    "The client does not send HTTP basic authentication.",
    '"download" may redirect (302).',
    '"watch" returns an event stream.',
    "2 bodies may also be `application/xml`.",
  ]);

  const page = (await layersOf(file)).get("reference/files.md") ?? "";
  const scopes = (id: string) => sectionOf(sectionOf(page, `## ${id}`), "### Required scopes");
  expect(scopes("download")).toContain("The API requires the API key in the header `X-Api-Key`");
  expect(scopes("watch")).toContain("None. The API requires no credentials.");
  expect(scopes("send")).toContain("HTTP basic authentication");
  const responses = (id: string) => tableIn(sectionOf(sectionOf(page, `## ${id}`), "### Responses")).rows;
  const [file200, redirect] = responses("download").map((row) => row.join(" "));
  expect(file200).toContain("The API also has `application/xml`.");
  expect(redirect).toContain("does not follow a redirect");
});
