import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { output } from "./support/command.ts";
import { root } from "./support/repository.ts";
import { copySources } from "./support/repository-copy.ts";

/** An API that has nothing in common with this project's own. */
const planets = (server: string) => `openapi: 3.1.0
info:
  title: Planets API
  version: 1.0.0
  description: An API for planets.
  x-client-name: planets
servers:
  - ${server}
paths:
  /planets:
    get:
      operationId: listPlanets
      tags: [Planets]
      summary: List planets
      security: [{ oauth2: [planets.read] }]
      x-pagination: { offset: offset, limit: limit }
      parameters:
        - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
        - { name: limit, in: query, schema: { type: integer, minimum: 0, maximum: 100, default: 100 } }
      responses:
        "200":
          description: A page.
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Planet" } }
              example: [{ id: mars, name: Mars }, { id: venus, name: Venus }]
components:
  securitySchemes:
    oauth2:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: /oauth/token, scopes: { planets.read: Read planets. } } }
  schemas:
    Planet:
      type: object
      required: [id]
      properties: { id: { type: string }, name: { type: string } }
`;

test.each([
  [
    "a tenant and versions",
    "{ url: 'https://{tenant}.planets.example/{apiVersion}', variables: { tenant: { default: sol }, apiVersion: { default: v1, enum: [v1, v2] } } }",
  ],
  ["a fixed URL with a path", "{ url: 'https://api.planets.example/rest/v1' }"],
])(
  "the steps of docs/maintaining/second-api.md make a client of another API whose server has %s",
  { timeout: 600_000 },
  async (_, server) => {
    await using folder = await copySources();
    const cwd = folder.path;
    // The steps find their files with git.
    await output("git", ["init", "--quiet"], { cwd });
    await output("git", ["add", "--all"], { cwd });
    await writeFile(join(cwd, "planets.yaml"), planets(server));

    const page = await readFile(join(root, "docs/maintaining/second-api.md"), "utf8");
    const steps = Array.from(page.matchAll(/^```sh\n([^]*?)^```$/gm), ([, code = ""]) => code);
    expect(steps.length).toBe(9);

    const env = { ...process.env, SPEC: "planets.yaml" };
    const printed = await output("bash", ["-eu", "-o", "pipefail", "-c", steps.join("\n")], { cwd, env });
    expect(printed).toMatch(/\nMars\nVenus\n$/);
    expect(await readFile(join(cwd, "docs/reference/planets.md"), "utf8")).toContain("## listPlanets");
  },
);
