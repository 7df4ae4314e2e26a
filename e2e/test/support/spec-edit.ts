import { type Document, parseDocument } from "yaml";

/** Edits the YAML of a spec by keys and operations, so that the edit does not depend on its formatting or other contents. */
export function editedSpec(text: string, edit: (spec: Document) => void): string {
  const spec = parseDocument(text);
  edit(spec);
  // The formatting of spec/openapi.yaml, so that only the edited lines change.
  return spec.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Additions to a spec that do not depend on its contents. */
export const labelsTag = { name: "Labels", description: "Labels of connector customizers." };
export const customizerId = {
  name: "id",
  in: "path",
  required: true,
  description: "The customizer's id.",
  schema: { type: "string" },
  example: "a",
};

/** Finds the path of keys to an operation. */
export function placeOf(spec: Document, operationId: string): readonly string[] {
  const { paths } = spec.toJS() as { paths: Record<string, Record<string, { operationId?: string }>> };
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item))
      if (operation.operationId === operationId) return ["paths", path, method];
  }
  throw new Error(`The spec has no operation ${operationId}.`);
}

/** Appends a value to a list in a spec, and creates the list if necessary. */
export function append(spec: Document, place: readonly string[], value: unknown): void {
  if (spec.hasIn(place)) spec.addIn(place, spec.createNode(value));
  else spec.setIn(place, spec.createNode([value]));
}

/** Adds an optional query parameter to the list of customizers. */
export function addFilter(spec: Document): void {
  append(spec, [...placeOf(spec, "listConnectorCustomizers"), "parameters"], {
    name: "labelled",
    in: "query",
    required: false,
    description: "Returns only the customizers with this label.",
    schema: { type: "string" },
    example: "blue",
  });
}
