const BAD = '{ $ref: "#/components/responses/Bad" }';

/** Generates a spec with this many operations: five on every resource, with one model per resource. */
export function syntheticSpec(operations: number): string {
  const resources = Array.from({ length: Math.ceil(operations / 5) }, (_, number) => number);
  const tags = resources.filter((number) => number % 10 === 0).map(tagOf);
  return `openapi: 3.1.0
info: { title: Synthetic, version: "1.0.0", description: Made up. }
servers: [{ url: "https://api.example.com" }]
tags: [${tags.map((tag) => `{ name: ${tag} }`).join(", ")}]
paths:
${resources.map(pathsOf).join("")}components:
  responses:
    Bad: { description: Rejected., ${content("Problem")} }
  schemas:
    Problem: { type: object, properties: { message: { type: string, description: The problem. } } }
${resources.map(modelOf).join("")}`;
}

function tagOf(number: number): string {
  return `Group ${Math.floor(number / 10)}`;
}

function content(schema: string): string {
  return `content: { application/json: { schema: { $ref: "#/components/schemas/${schema}" } } }`;
}

function pathsOf(number: number): string {
  const [model, tags] = [`Thing${number}`, `tags: [${tagOf(number)}]`];
  const listed = `content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/${model}" } } } }`;
  return `  /things-${number}:
    get:
      operationId: list${model}
      ${tags}
      summary: List the things
      description: Returns one page of things.
      parameters:
        - { name: limit, in: query, description: The page size., schema: { type: integer, minimum: 0, maximum: 250, default: 50 } }
        - { name: offset, in: query, description: The number of things to skip., schema: { type: integer, minimum: 0, default: 0 } }
        - { name: kind, in: query, description: The kinds to include., schema: { type: array, items: { type: string } } }
      responses: { "200": { description: The things., ${listed} }, "400": ${BAD} }
    post:
      operationId: create${model}
      ${tags}
      summary: Create a thing
      description: Creates one thing.
      requestBody: { required: true, ${content(model)} }
      responses: { "201": { description: The thing., ${content(model)} }, "400": ${BAD} }
  /things-${number}/{id}:
    parameters: [{ name: id, in: path, required: true, description: The thing's id., schema: { type: string } }]
    get:
      operationId: get${model}
      ${tags}
      summary: Get a thing
      description: Returns one thing.
      responses: { "200": { description: The thing., ${content(model)} }, "404": ${BAD} }
    put:
      operationId: put${model}
      ${tags}
      summary: Change a thing
      description: Replaces the thing.
      requestBody: { required: true, ${content(model)} }
      responses: { "200": { description: The thing., ${content(model)} }, "400": ${BAD}, "404": ${BAD} }
    delete:
      operationId: delete${model}
      ${tags}
      summary: Delete a thing
      description: Deletes the thing permanently.
      responses: { "204": { description: Deleted. }, "404": ${BAD} }
`;
}

function modelOf(number: number): string {
  return `    Thing${number}:
      type: object
      description: A thing.
      required: [id]
      properties:
        id: { type: string, readOnly: true, description: The id from the server. }
        name: { type: string, maxLength: 100, description: The name. }
        kind: { type: string, enum: [large, small], description: The size. }
        weight: { type: number, minimum: 0, description: The weight in grams. }
        labels: { type: array, items: { type: string }, description: The labels with the oldest first. }
        created: { type: string, format: date-time, description: The time of creation. }
        next: { $ref: "#/components/schemas/Thing${Math.max(0, number - 1)}" }
`;
}
