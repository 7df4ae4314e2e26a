import type { Document } from "yaml";
import { addFilter, append, customizerId, labelsTag, placeOf } from "../support/spec-edit.ts";

export type Bump = "major" | "minor" | "patch";

/** An edit of the spec, with the expected results. */
export interface Edit {
  readonly title: string;
  readonly edit: (spec: Document) => void;
  readonly bump: Bump;
  /** Texts that the check and the draft must contain. */
  readonly reported: readonly string[];
  /** A text that the generated file must contain, and one that it must no longer contain. */
  readonly generated: { readonly file: string; readonly has: string; readonly hasNot?: string };
  /** The entry that `changes.json` must contain. */
  readonly recorded: { readonly operations: Partial<NameChanges>; readonly types: Partial<NameChanges> };
}

interface NameChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

const path = "/connector-customizers/{id}/labels";
const get = ["paths", path, "get"];
const label = ["components", "schemas", "Label"];

/** A path item that depends on nothing else in the spec except the model `Label`. */
const operation = {
  parameters: [customizerId],
  get: {
    operationId: "listConnectorCustomizerLabels",
    tags: [labelsTag.name],
    summary: "List the labels of a connector customizer",
    description: "The labels that were given to the customizer.",
    parameters: [
      {
        name: "prefix",
        in: "query",
        required: false,
        description: "A prefix of the labels.",
        schema: { type: "string" },
        example: "a",
      },
    ],
    responses: {
      200: {
        description: "The labels.",
        content: {
          "application/json": {
            schema: { type: "array", items: { $ref: "#/components/schemas/Label" } },
            examples: { labels: { value: [{ text: "blue" }] } },
          },
        },
      },
      404: { description: "The customizer does not exist." },
    },
  },
};

const model = {
  type: "object",
  description: "A label.",
  properties: {
    text: { type: "string", description: "The label's text.", examples: ["blue"] },
    color: { type: "string", description: "The label's color.", examples: ["blue"] },
  },
};

const owner = {
  type: "object",
  description: "Who maintains a customizer.",
  required: ["name"],
  properties: { name: { type: "string", description: "The owner's name.", examples: ["Ada"] } },
};

const trace = {
  name: "trace",
  in: "query",
  required: false,
  description: "A text that the server logs.",
  schema: { type: "string" },
  example: "a",
};

/** The place of the `$ref` to the model that a customizer is created from. */
function createRequest(spec: Document): readonly string[] {
  const place = placeOf(spec, "createConnectorCustomizer");
  return [...place, "requestBody", "content", "application/json", "schema", "$ref"];
}

/** The edits of a maintainer on one day, in order. */
export const day: readonly Edit[] = [
  {
    title: "an optional parameter",
    edit: addFilter,
    bump: "minor",
    reported: [
      "`listConnectorCustomizers`",
      "`labelled`",
      "(`ListConnectorCustomizersParameters`, spec/openapi.yaml:",
    ],
    generated: { file: "methods.ts", has: "  labelled?: string | undefined;" },
    recorded: {
      operations: { added: [], changed: ["listConnectorCustomizers"], removed: [] },
      types: { added: [], removed: [] },
    },
  },
  {
    title: "a new operation",
    edit: (spec) => {
      append(spec, ["tags"], labelsTag);
      spec.setIn(["paths", path], spec.createNode(operation));
      spec.setIn(label, spec.createNode(model));
    },
    bump: "minor",
    reported: ["`listConnectorCustomizerLabels` is new", "`Label` is new", "spec/openapi.yaml:"],
    generated: { file: "methods.ts", has: "  listConnectorCustomizerLabels(" },
    recorded: {
      operations: { added: ["listConnectorCustomizerLabels"], changed: [], removed: [] },
      types: { added: ["Label", "ListConnectorCustomizerLabelsParameters"], removed: [] },
    },
  },
  {
    title: "a new model that is sent, and a shared parameter",
    edit: (spec) => {
      spec.setIn(["components", "schemas", "Owner"], spec.createNode(owner));
      const [, ...schema] = String(spec.getIn(createRequest(spec))).split("/");
      const property = { $ref: "#/components/schemas/Owner" };
      spec.setIn([...schema, "properties", "owner"], spec.createNode(property));
      spec.setIn(["components", "parameters", "Trace"], spec.createNode(trace));
      const list = [...placeOf(spec, "listConnectorCustomizers"), "parameters"];
      append(spec, list, { $ref: "#/components/parameters/Trace" });
    },
    bump: "minor",
    reported: ["`Owner` is new", "`ConnectorCustomizerCreateRequest.owner` is new", "`trace`"],
    generated: { file: "models.ts", has: "  owner?: Owner;" },
    recorded: {
      operations: { added: [], removed: [] },
      types: { added: ["Owner"], removed: [] },
    },
  },
  {
    title: "a changed description",
    edit: (spec) => spec.setIn([...get, "description"], "The customizer's labels."),
    bump: "patch",
    reported: ["`listConnectorCustomizerLabels` has another `description`", "spec/openapi.yaml:"],
    generated: { file: "methods.ts", has: "The customizer's labels.", hasNot: "were given" },
    recorded: {
      operations: { added: [], changed: ["listConnectorCustomizerLabels"], removed: [] },
      types: { added: [], removed: [] },
    },
  },
  {
    title: "a parameter that becomes required",
    edit: (spec) => spec.setIn([...get, "parameters", 0, "required"], true),
    bump: "major",
    reported: ["`listConnectorCustomizerLabels`", "`prefix`", "spec/openapi.yaml:"],
    generated: { file: "methods.ts", has: "  prefix: string;", hasNot: "prefix?: string" },
    recorded: {
      operations: { added: [], changed: ["listConnectorCustomizerLabels"], removed: [] },
      types: { added: [], removed: [] },
    },
  },
  {
    title: "a renamed operation",
    edit: (spec) => spec.setIn([...get, "operationId"], "listLabels"),
    bump: "major",
    reported: ["`listConnectorCustomizerLabels`", "`listLabels`", "spec/openapi.yaml:"],
    generated: { file: "methods.ts", has: "  listLabels(", hasNot: "listConnectorCustomizerLabels" },
    recorded: {
      operations: { added: ["listLabels"], changed: [], removed: ["listConnectorCustomizerLabels"] },
      types: { added: ["ListLabelsParameters"], removed: ["ListConnectorCustomizerLabelsParameters"] },
    },
  },
  {
    title: "a removed property",
    edit: (spec) => void spec.deleteIn([...label, "properties", "color"]),
    bump: "major",
    reported: ["`listLabels`", "color", "`Label", "spec/released/openapi.yaml:"],
    generated: { file: "models.ts", has: "export interface Label {", hasNot: "color" },
    recorded: {
      operations: { added: [], changed: ["listLabels"], removed: [] },
      types: { added: [], changed: ["Label", "components"], removed: [] },
    },
  },
];
