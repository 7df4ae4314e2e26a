export type Bump = "major" | "minor" | "patch";

/** An edit of the spec, and what has to follow from it. */
export interface Edit {
  readonly title: string;
  /** Texts of the spec, and what stands in their places afterwards. */
  readonly replace: readonly (readonly [old: string, now: string])[];
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

const operation = `  /connector-customizers/{id}/labels:
    parameters:
      - $ref: "#/components/parameters/CustomizerId"
    get:
      operationId: listConnectorCustomizerLabels
      tags: [Connector Customizers]
      summary: List the labels of a connector customizer
      description: The labels that the customizer was given.
      security:
        - oauth2: [sp:connector:read]
      parameters:
        - name: prefix
          in: query
          required: false
          description: What the labels begin with.
          schema: { type: string }
          example: a
      responses:
        "200":
          description: The labels.
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: "#/components/schemas/Label"
              examples:
                labels:
                  value:
                    - { text: blue }
        "404":
          $ref: "#/components/responses/NotFound"
`;

const model = `    Label:
      type: object
      description: A label.
      properties:
        text:
          type: string
          description: The label's text.
          examples: [blue]
        color:
          type: string
          description: The label's color.
          examples: [blue]
`;

const limit = '        - $ref: "#/components/parameters/Limit"\n';

/** What a maintainer does on a day, one edit after the other. */
export const day: readonly Edit[] = [
  {
    title: "an optional parameter",
    replace: [
      [
        limit,
        `${limit}        - name: owner
          in: query
          required: false
          description: Whose customizers to list.
          schema: { type: string }
          example: someone
`,
      ],
    ],
    bump: "minor",
    told: [
      "`listConnectorCustomizers`",
      "`owner`",
      "(`ListConnectorCustomizersParameters`, spec/openapi.yaml:",
    ],
    generated: { file: "methods.ts", has: "  owner?: string | undefined;" },
    recorded: {
      operations: { added: [], changed: ["listConnectorCustomizers"], removed: [] },
      types: { added: [], removed: [] },
    },
  },
  {
    title: "a new operation",
    replace: [
      ["components:\n", `${operation}components:\n`],
      ["  schemas:\n", `  schemas:\n${model}`],
    ],
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
    replace: [
      ["description: The labels that the customizer was given.", "description: The customizer's labels."],
    ],
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
    replace: [
      [
        "        - name: prefix\n          in: query\n          required: false\n",
        "        - name: prefix\n          in: query\n          required: true\n",
      ],
    ],
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
    replace: [["operationId: listConnectorCustomizerLabels", "operationId: listLabels"]],
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
    replace: [
      [
        "        color:\n          type: string\n          description: The label's color.\n          examples: [blue]\n",
        "",
      ],
    ],
    bump: "major",
    told: ["`listLabels`", "color", "`Label", "spec/released/openapi.yaml:"],
    generated: { file: "models.ts", has: "export interface Label {", hasNot: "color" },
    recorded: {
      operations: { added: [], changed: ["listLabels"], removed: [] },
      types: { added: [], changed: ["Label", "components"], removed: [] },
    },
  },
];
