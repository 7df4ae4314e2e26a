import type { JsonSchema } from "./json-schema.ts";

type Properties = Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;

/** The extensions of a spec, by what they stand on; spec/README.md tells more of them. */
export const extensions: Properties = {
  info: {
    "x-client-name": {
      description:
        "The variable that holds the client in every example of the docstrings and the reference. By default `client`.",
      type: "string",
      minLength: 1,
    },
  },
  operation: {
    "x-pagination": {
      description:
        "The query parameters that page through the list that the operation answers with. The method then gives a `PagePromise`, " +
        "which is awaited for one page or iterated for every item.",
      type: "object",
      properties: {
        offset: {
          description: "The name of the query parameter that says how many items to skip.",
          type: "string",
        },
        limit: {
          description:
            "The name of the query parameter that says how many items a page has. It needs a default.",
          type: "string",
        },
      },
      required: ["offset", "limit"],
      additionalProperties: false,
    },
    "x-experimental": {
      description:
        "`true`: the operation may change or go away without notice. Its docstring and its reference say so, and no change of it " +
        "alone asks for a major version.",
      type: "boolean",
    },
  },
  "server-variable": {
    "x-service-versions": {
      description:
        "More values of the variable, which do not stand in the server's URL but in the path, after its first segment.",
      type: "array",
      items: { type: "string" },
      minItems: 1,
      uniqueItems: true,
    },
  },
};

/** What an editor shows of the members that mean more here than in any spec. */
export const descriptions: Properties = {
  operation: {
    operationId: { description: "The name of the client's method. Another name is a breaking change." },
    tags: { description: "One tag: the operation's page in the reference." },
    summary: { description: "The first line of the method's docstring, without a full stop." },
    description: {
      description: "The rest of the method's docstring, and the operation's section of the reference.",
    },
    security: { description: "The scopes that the operation needs. They are shown in its docstring." },
  },
  parameter: {
    name: { description: "The name of the member of the method's first argument, next to `body`." },
    example: { description: "Used in docstrings and in the reference, and by the mock tenant." },
  },
  components: {
    schemas: { description: "Each becomes a TypeScript type of its name." },
  },
};

/** The keywords that OpenAPI adds to JSON Schema's (OpenAPI 3.1.0, section 4.8.24.1). */
export const openApiKeywords: Readonly<Record<string, JsonSchema>> = {
  discriminator: {
    type: "object",
    properties: { propertyName: { type: "string" }, mapping: { $ref: "#/$defs/map-of-strings" } },
    required: ["propertyName"],
  },
  xml: { type: "object" },
  externalDocs: { $ref: "#/$defs/external-documentation" },
  example: {},
};
