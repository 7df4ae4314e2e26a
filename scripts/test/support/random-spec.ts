import fc from "fast-check";
import type { OpenAPI3 } from "../../src/spec/openapi.ts";

type Schema = Record<string, unknown>;

const references = ["A", "B"].map((name) => ({ $ref: `#/components/schemas/${name}` }));

const { schema: randomSchema } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
  object: fc
    .record({
      properties: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema"), { maxKeys: 3 }),
      required: fc.subarray(["a", "b", "c"]),
      additionalProperties: fc.option(fc.constantFrom<unknown>(true, { type: "string" }), {
        nil: undefined,
        freq: 5,
      }),
    })
    .map(({ properties, required, additionalProperties }) => ({
      type: "object",
      properties,
      required: required.filter((name) => Object.hasOwn(properties, name)),
      ...(additionalProperties !== undefined && { additionalProperties }),
    })),
  schema: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom<Schema>(
      { type: "string" },
      { type: "integer" },
      { type: "boolean" },
      { type: "string", format: "binary" },
      {},
      ...references,
    ),
    fc.constantFrom<Schema>({ enum: ["x", "y"] }, { const: "x" }, { type: ["string", "null"] }),
    tie("object"),
    fc.record({ type: fc.constant("array"), items: tie("schema") }),
    fc.record({ oneOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
    // Two objects with a property of the same name may contradict each other: no value satisfies them.
    fc.record({
      allOf: fc.oneof(
        fc.tuple(fc.oneof(tie("object"), fc.constantFrom(...references))),
        fc.tuple(tie("object"), fc.constantFrom(...references)),
      ),
    }),
  ),
}));

const objectSchema = randomSchema.map((p) => ({ type: "object", properties: { p } }));

/** A spec that sends one schema and gets another; both may refer to named schemas. */
const randomSpec = fc
  .record({ sent: objectSchema, got: objectSchema, A: objectSchema, B: objectSchema })
  .map(({ sent, got, A, B }): OpenAPI3 => {
    const content = (schema: Schema) => ({ "application/json": { schema } });
    const document = {
      openapi: "3.1.0",
      info: { title: "T", version: "1" },
      paths: {
        "/a": {
          post: {
            operationId: "postA",
            parameters: [{ name: "q", in: "query", schema: { type: "string" } }],
            requestBody: { required: true, content: content(sent) },
            responses: { "200": { description: "A", content: content(got) } },
          },
        },
      },
      components: { schemas: { A, B } },
    };
    // No two places share an object.
    return JSON.parse(JSON.stringify(document)) as OpenAPI3;
  });

/** Adds keywords to a schema of a type; they mean nothing in others. */
const only = (type: string, members: Schema) => (schema: Schema) => {
  if (schema["type"] === type) Object.assign(schema, members);
};

/** Changes of a schema, each in place. The number chooses among several. */
const edits: readonly ((schema: Schema, choice: number) => void)[] = [
  (schema) => become(schema, { type: "string" }),
  (schema) => become(schema, { type: ["integer", "null"] }),
  only("string", { format: "binary" }),
  only("string", { enum: ["x", "y", "z"] }),
  only("string", { maxLength: 3 }),
  (schema) => Object.assign(schema, { nullable: true }),
  (schema) => Object.assign(schema, { readOnly: true }),
  (schema, choice) =>
    only("object", { additionalProperties: [true, { type: "integer" }, undefined][choice % 3] })(schema),
  (schema) => Object.assign(propertiesOf(schema), { n: { type: "string" } }),
  (schema, choice) => only("object", { required: [["a"], ["b"], ["a", "b", "n"], []][choice % 4] })(schema),
  (schema, choice) => {
    const names = Object.keys(propertiesOf(schema));
    Reflect.deleteProperty(propertiesOf(schema), names[choice % names.length] ?? "");
  },
  (schema, choice) => become(schema, { oneOf: [{ ...schema }, { ...references[choice % 2] }] }),
  (schema, choice) => become(schema, { allOf: [{ ...schema }, { ...references[choice % 2] }] }),
  (schema, choice) => become(schema, references[choice % 2] ?? {}),
  (schema) => become(schema, {}),
  (schema, choice) => partsOf(schema, "oneOf").splice(choice % 3, 1),
  (schema) => partsOf(schema, "oneOf").push({ type: "boolean" }),
];

/** Other words for the same schema, each in place. */
const rewordings: readonly ((schema: Schema) => void)[] = [
  (schema) => become(schema, { allOf: [{ ...schema }] }),
  (schema) => become(schema, { oneOf: [{ ...schema }] }),
  (schema) => become(schema, { anyOf: [{ ...schema }] }),
  (schema) => Object.assign(schema, { readOnly: false, deprecated: false }),
  (schema) => {
    if (typeof schema["type"] === "string") schema["type"] = [schema["type"]];
  },
  (schema) => {
    if (schema["const"] !== undefined) become(schema, { enum: [schema["const"]] });
  },
  (schema) => {
    if (Array.isArray(schema["type"]) && Object.keys(schema).length === 1)
      become(schema, { anyOf: schema["type"].map((type: unknown) => ({ type })) });
  },
  (schema) => {
    const { allOf } = schema;
    if (Array.isArray(allOf) && Object.keys(schema).length === 1) become(schema, { allOf: [{ allOf }] });
  },
  (schema) => {
    const { type, properties, required, ...rest } = schema;
    if (type === "object" && Object.keys(rest).length === 0)
      become(schema, { allOf: [{ type, properties }, { required }] });
  },
];

function become(schema: Schema, other: Schema): void {
  const members = { ...other };
  for (const name of Object.keys(schema)) Reflect.deleteProperty(schema, name);
  Object.assign(schema, members);
}

function propertiesOf({ properties }: Schema): Schema {
  return typeof properties === "object" && properties !== null ? (properties as Schema) : {};
}

function partsOf(schema: Schema, keyword: string): unknown[] {
  const parts = schema[keyword];
  return Array.isArray(parts) ? parts : [];
}

/** The schemas of a document, from the outermost on. */
function schemasIn(document: OpenAPI3): Schema[] {
  const found: Schema[] = [];
  const visit = (schema: unknown): void => {
    if (typeof schema !== "object" || schema === null) return;
    found.push(schema as Schema);
    const {
      items,
      additionalProperties,
      oneOf = [],
      allOf = [],
      anyOf = [],
    } = schema as Record<string, unknown[]>;
    for (const part of [items, additionalProperties, ...oneOf, ...allOf, ...anyOf]) visit(part);
    for (const property of Object.values(propertiesOf(schema as Schema))) visit(property);
  };
  JSON.stringify(document, (key, value: unknown) => {
    if (key === "schema") visit(value);
    return value;
  });
  for (const schema of Object.values(document.components?.schemas ?? {})) visit(schema);
  return found;
}

function changed(
  document: OpenAPI3,
  steps: readonly (readonly [number, number, number])[],
  changes: typeof edits,
) {
  const copy = structuredClone(document);
  for (const [place, change, choice] of steps) {
    const schemas = schemasIn(copy);
    const schema = schemas[place % schemas.length];
    if (schema !== undefined) changes[change % changes.length]?.(schema, choice);
  }
  return copy;
}

const steps = (maxLength: number) =>
  fc.array(fc.tuple(fc.nat(100), fc.nat(100), fc.nat(11)), { minLength: 1, maxLength });

/** A random spec, before and after a few edits. */
export const randomEdits = fc
  .tuple(randomSpec, steps(3))
  .map(([spec, chosen]) => [spec, changed(spec, chosen, edits)] as const);

/** A random spec, and the same in other words. */
export const equalSpecs = fc
  .tuple(randomSpec, steps(6))
  .map(([spec, chosen]) => [spec, changed(spec, chosen, rewordings)] as const);
