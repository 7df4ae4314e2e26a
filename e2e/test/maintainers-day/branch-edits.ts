import type { Document } from "yaml";
import { append, customizerId, labelsTag, placeOf } from "../support/spec-edit.ts";

/** The path of a second service, whose description is in a file of its own. */
const path = "/connector-customizers/{id}/labels";
export const labelsFile = "spec/labels.yaml";
export const color = '        color: { type: string, description: "The label\'s color." }\n';
export const icon = '        icon: { type: string, description: "The label\'s icon." }\n';

export const labels = `paths:
  ${path}:
    parameters:
      - ${JSON.stringify(customizerId)}
    get:
      operationId: listLabels
      tags: [${labelsTag.name}]
      summary: List the labels of a connector customizer
      description: The labels of the customizer.
      responses:
        "200":
          description: The labels.
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Label" } }
              examples: { labels: { value: [{ text: blue }] } }
        "404": { description: The customizer does not exist. }
components:
  schemas:
    Label:
      type: object
      description: A label.
      properties:
        text: { type: string, description: "The label's text.", examples: [blue] }
${color}`;

export function addLabels(spec: Document): void {
  append(spec, ["tags"], labelsTag);
  const $ref = `labels.yaml#/paths/${path.replaceAll("/", "~1")}`;
  spec.setIn(["paths", path], spec.createNode({ $ref }));
}

export function deprecatePut(spec: Document): void {
  const place = placeOf(spec, "putConnectorCustomizer");
  spec.setIn([...place, "deprecated"], true);
  spec.setIn(
    [...place, "x-deprecated"],
    spec.createNode({ since: "2.0", use: "createConnectorCustomizerVersion" }),
  );
}
