const BAD = '{ $ref: "#/components/responses/Bad" }';

/** A spec that is made up: of every five operations, one of each kind on a resource of its own, with a model. */
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
    Bad: { description: Refused., ${content("Problem")} }
  schemas:
    Problem: { type: object, properties: { message: { type: string, description: What is wrong. } } }
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
      description: Those that there are, a page at a time.
      parameters:
        - { name: limit, in: query, description: How many., schema: { type: integer, minimum: 0, maximum: 250, default: 50 } }
        - { name: offset, in: query, description: How many to leave out., schema: { type: integer, minimum: 0, default: 0 } }
        - { name: kind, in: query, description: Those of a kind., schema: { type: array, items: { type: string } } }
      responses: { "200": { description: The things., ${listed} }, "400": ${BAD} }
    post:
      operationId: create${model}
      ${tags}
      summary: Create a thing
      description: There is one more then.
      requestBody: { required: true, ${content(model)} }
      responses: { "201": { description: The thing., ${content(model)} }, "400": ${BAD} }
  /things-${number}/{id}:
    parameters: [{ name: id, in: path, required: true, description: Which one., schema: { type: string } }]
    get:
      operationId: get${model}
      ${tags}
      summary: Get a thing
      description: As it is now.
      responses: { "200": { description: The thing., ${content(model)} }, "404": ${BAD} }
    put:
      operationId: put${model}
      ${tags}
      summary: Change a thing
      description: In place of what it was.
      requestBody: { required: true, ${content(model)} }
      responses: { "200": { description: The thing., ${content(model)} }, "400": ${BAD}, "404": ${BAD} }
    delete:
      operationId: delete${model}
      ${tags}
      summary: Delete a thing
      description: It is gone for good.
      responses: { "204": { description: Gone. }, "404": ${BAD} }
`;
}

function modelOf(number: number): string {
  return `    Thing${number}:
      type: object
      description: A thing among others.
      required: [id]
      properties:
        id: { type: string, readOnly: true, description: Given by the server. }
        name: { type: string, maxLength: 100, description: Any name. }
        kind: { type: string, enum: [large, small], description: How large it is. }
        weight: { type: number, minimum: 0, description: In grams. }
        labels: { type: array, items: { type: string }, description: In the order of their age. }
        created: { type: string, format: date-time, description: When it was made. }
        next: { $ref: "#/components/schemas/Thing${Math.max(0, number - 1)}" }
`;
}
