import fc from "fast-check";

/** Names that mean something to JavaScript, TypeScript, JSON pointers, comments or file systems, or are no words at all. */
const names = [
  ...[
    "constructor",
    "__proto__",
    "prototype",
    "toString",
    "then",
    "raw",
    "class",
    "delete",
    "new",
    "string",
    "any",
  ],
  ...[
    "a-b",
    "a_b",
    "aB",
    "AB",
    "a b",
    "a.b",
    "a/b",
    "a~b",
    "a#b",
    "a%b",
    "a%20b",
    "a$b",
    "$ref",
    "1st",
    "007",
    "-",
    "",
  ],
  ...[
    "*/",
    "/*",
    "//",
    "`",
    "${x}",
    '"',
    "'",
    "\\",
    "\n",
    "\u2028",
    "\0",
    "😀",
    "ü",
    "名前",
    "<T>",
    "[]",
    "{}",
    "CON",
  ],
  ...[
    "Array",
    "Promise",
    "Record",
    "Omit",
    "Blob",
    "Operation",
    "WithRequired",
    "Methods",
    "paths",
    "components",
  ],
  ...["body", "id", "example", "default", "schema", "enum", "properties", "required", "discriminator", "x-y"],
];
const name = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, fc.string({ maxLength: 6 }));
const text = fc.constantFrom(
  ...[
    "",
    "Words.",
    "*/ export const oops = 1; /*",
    "`${process.exit()}`",
    "@example\n```ts\n",
    "a\r\nb\u2028c",
    "@deprecated",
  ],
);
const someOf = (object: Record<string, fc.Arbitrary<unknown>>) => fc.record(object, { requiredKeys: [] });

const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(true, false, {}, null, "string", 7),
    name.map((target) => ({
      $ref: `#/components/schemas/${encodeURIComponent(target.replaceAll("~", "~0").replaceAll("/", "~1"))}`,
    })),
    fc.record({
      $ref: fc.constantFrom(
        "#",
        "#/",
        "#/nowhere",
        "#/components/schemas/a-b/properties/id",
        "#/paths/~1a/get",
        "other.yaml",
      ),
      description: text,
      properties: fc.dictionary(name, tie("schema"), { maxKeys: 1 }),
    }),
    someOf({
      type: fc.constantFrom<unknown>(
        ...["string", "integer", "number", "boolean", "null", "array", "object", "file", 7],
        ["string", "null"],
        ["array", "object"],
        [],
      ),
      nullable: fc.boolean(),
      description: text,
      title: text,
      format: fc.constantFrom("binary", "date", "*/", 7),
      enum: fc.oneof(
        fc.array(fc.oneof(name, fc.double(), fc.constant(null), fc.boolean(), fc.constant({ a: [1] })), {
          maxLength: 4,
        }),
        fc.constant("a"),
      ),
      const: fc.oneof(name, fc.constant({ a: 1 }), fc.constant([1])),
      default: name,
      example: fc.oneof(
        text,
        fc.constant({ allOf: ["x"], oneOf: ["x"], discriminator: { propertyName: "x" } }),
      ),
      items: tie("schema"),
      prefixItems: fc.array(tie("schema"), { maxLength: 2 }),
      properties: fc.dictionary(name, tie("schema"), { maxKeys: 3 }),
      patternProperties: fc.dictionary(name, tie("schema"), { maxKeys: 1 }),
      required: fc.oneof(fc.array(name, { maxLength: 3 }), fc.constant(true)),
      additionalProperties: tie("schema"),
      allOf: fc.array(tie("schema"), { maxLength: 2 }),
      oneOf: fc.array(tie("schema"), { maxLength: 2 }),
      anyOf: fc.array(tie("schema"), { maxLength: 2 }),
      not: tie("schema"),
      $defs: fc.dictionary(name, tie("schema"), { maxKeys: 1 }),
      readOnly: fc.boolean(),
      writeOnly: fc.boolean(),
      discriminator: fc.oneof(
        fc.record({ propertyName: name, mapping: fc.dictionary(name, name, { maxKeys: 2 }) }),
        fc.constant("type"),
      ),
      minimum: fc.constantFrom<unknown>(0, "0"),
    }),
  ),
}));

const mediaType = fc.constantFrom(
  ...[
    "application/json",
    "application/vnd.a+json; v=1",
    "*/*",
    "text/*",
    "text/plain",
    "image/png",
    "multipart/form-data",
    "*/",
  ],
);
const content = fc.dictionary(mediaType, someOf({ schema, example: text }), { maxKeys: 2 });
const parameter = someOf({
  name,
  in: fc.constantFrom("path", "query", "header", "cookie", "body"),
  required: fc.boolean(),
  description: text,
  style: fc.constantFrom(
    "form",
    "simple",
    "label",
    "matrix",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "odd",
  ),
  explode: fc.boolean(),
  allowReserved: fc.boolean(),
  schema,
  content,
  example: name,
});
const operation = someOf({
  operationId: name,
  summary: text,
  description: text,
  tags: fc.array(name, { maxLength: 2 }),
  parameters: fc.array(
    fc.oneof(parameter, fc.constant({ $ref: "#/components/parameters/none" }), fc.constant(null)),
    {
      maxLength: 4,
    },
  ),
  requestBody: someOf({ content, required: fc.boolean(), description: text }),
  responses: fc.dictionary(
    fc.constantFrom("200", "204", "2XX", "default", "4XX", "404", "odd"),
    fc.oneof(
      someOf({
        description: text,
        content,
        headers: fc.dictionary(name, someOf({ schema }), { maxKeys: 1 }),
      }),
      fc.constant(null),
    ),
    { maxKeys: 3 },
  ),
  servers: fc.array(someOf({ url: fc.constantFrom("/b", "https://{x}/") }), { maxLength: 1 }),
  deprecated: fc.boolean(),
});
const method = fc.constantFrom("get", "put", "post", "delete", "trace", "head");
const path = fc.oneof(
  fc.constantFrom("/a", "/a/{id}", "/a/{id}/{id}", "/a/{a-b}/{__proto__}", "/*/", "/`${x}`", "a", "/"),
  name.map((part) => `/${part}/{${part}}`),
);
/** A document that has the form of an OpenAPI document, more or less. */
export const hostileSpec: fc.Arbitrary<object> = fc.record({
  openapi: fc.constantFrom("3.0.3", "3.1.0"),
  info: fc.record({
    title: fc.constantFrom("Hostile", "*/"),
    version: fc.constantFrom("1", '"`'),
    description: text,
  }),
  paths: fc.dictionary(path, fc.dictionary(method, operation, { maxKeys: 2 }), { maxKeys: 3 }),
  components: fc.record({ schemas: fc.dictionary(name, schema, { maxKeys: 5 }) }),
});
