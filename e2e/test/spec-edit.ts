import { type Document, parseDocument } from "yaml";

/** Edits a spec by its structure: by keys and operations, whatever else stands in it and however it is written. */
export function editedSpec(text: string, edit: (spec: Document) => void): string {
  const spec = parseDocument(text);
  edit(spec);
  // As the spec is written, so that nothing changes but what is edited.
  return spec.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Parts of what is added to a spec that need nothing of what stands in it. */
export const labelsTag = { name: "Labels", description: "Labels of connector customizers." };
export const customizerId = {
  name: "id",
  in: "path",
  required: true,
  description: "The customizer's id.",
  schema: { type: "string" },
  example: "a",
};

/** Where an operation stands, by its `operationId`. */
export function placeOf(spec: Document, operationId: string): readonly string[] {
  const { paths } = spec.toJS() as { paths: Record<string, Record<string, { operationId?: string }>> };
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item))
      if (operation.operationId === operationId) return ["paths", path, method];
  }
  throw new Error(`The spec has no operation ${operationId}.`);
}

/** Appends to a list of a spec, which need not be there yet. */
export function append(spec: Document, place: readonly string[], value: unknown): void {
  if (spec.hasIn(place)) spec.addIn(place, spec.createNode(value));
  else spec.setIn(place, spec.createNode([value]));
}
