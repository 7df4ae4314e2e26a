import type { Document } from "yaml";
import { append, customizerId, labelsTag, placeOf } from "../spec-edit.ts";

export type Bump = "major" | "minor" | "patch";

/** An edit of the spec, and what has to follow from it. */
export interface Edit {
  readonly title: string;
  readonly edit: (spec: Document) => void;
  readonly bump: Bump;
  /** What the draft has to say. */
  readonly told: readonly string[];
  /** What the generated methods and models have, and what they have no longer. */
  readonly generated: { readonly file: string; readonly has: string; readonly hasNot?: string };
  /** What `changes.json` has to have of it. */
  readonly recorded: { readonly operations: Partial<Movement>; readonly types: Partial<Movement> };
}

interface Movement {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

const path = "/connector-customizers/{id}/labels";
const get = ["paths", path, "get"];
const label = ["components", "schemas", "Label"];

/** All that it needs stands in it: the rest of the spec may be what it likes. */
const operation = {
  parameters: [customizerId],
  get: {
    operationId: "listConnectorCustomizerLabels",
    tags: [labelsTag.name],
    summary: "List the labels of a connector customizer",
    description: "The labels that the customizer was given.",
    parameters: [
      {
        name: "prefix",
        in: "query",
        required: false,
        description: "What the labels begin with.",
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
      404: { description: "There is no such customizer." },
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

/** What a maintainer does on a day, one edit after the other. */
export const day: readonly Edit[] = [
  {
    title: "an optional parameter",
    edit: (spec) =>
      append(spec, [...placeOf(spec, "listConnectorCustomizers"), "parameters"], {
        name: "labelled",
        in: "query",
        required: false,
        description: "A label that the customizers are to have.",
        schema: { type: "string" },
        example: "blue",
      }),
    bump: "minor",
    told: [
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
    told: ["`listConnectorCustomizerLabels` is new", "`Label` is new", "spec/openapi.yaml:"],
    generated: { file: "methods.ts", has: "  listConnectorCustomizerLabels(" },
    recorded: {
      operations: { added: ["listConnectorCustomizerLabels"], changed: [], removed: [] },
      types: { added: ["Label", "ListConnectorCustomizerLabelsParameters"], removed: [] },
    },
  },
  {
    title: "a description",
    edit: (spec) => spec.setIn([...get, "description"], "The customizer's labels."),
    bump: "patch",
    told: ["`listConnectorCustomizerLabels` has another `description`", "spec/openapi.yaml:"],
    generated: { file: "methods.ts", has: "The customizer's labels.", hasNot: "was given" },
    recorded: {
      operations: { added: [], changed: ["listConnectorCustomizerLabels"], removed: [] },
      types: { added: [], removed: [] },
    },
  },
  {
    title: "a parameter that becomes required",
    edit: (spec) => spec.setIn([...get, "parameters", 0, "required"], true),
    bump: "major",
    told: ["`listConnectorCustomizerLabels`", "`prefix`", "spec/openapi.yaml:"],
    generated: { file: "methods.ts", has: "  prefix: string;", hasNot: "prefix?: string" },
    recorded: {
      operations: { added: [], changed: ["listConnectorCustomizerLabels"], removed: [] },
      types: { added: [], removed: [] },
    },
  },
  {
    title: "an operation of another name",
    edit: (spec) => spec.setIn([...get, "operationId"], "listLabels"),
    bump: "major",
    told: ["`listConnectorCustomizerLabels`", "`listLabels`", "spec/openapi.yaml:"],
    generated: { file: "methods.ts", has: "  listLabels(", hasNot: "listConnectorCustomizerLabels" },
    recorded: {
      operations: { added: ["listLabels"], changed: [], removed: ["listConnectorCustomizerLabels"] },
      types: { added: ["ListLabelsParameters"], removed: ["ListConnectorCustomizerLabelsParameters"] },
    },
  },
  {
    title: "a property less",
    edit: (spec) => void spec.deleteIn([...label, "properties", "color"]),
    bump: "major",
    told: ["`listLabels`", "color", "`Label", "spec/released/openapi.yaml:"],
    generated: { file: "models.ts", has: "export interface Label {", hasNot: "color" },
    recorded: {
      operations: { added: [], changed: ["listLabels"], removed: [] },
      types: { added: [], changed: ["Label", "components"], removed: [] },
    },
  },
];
