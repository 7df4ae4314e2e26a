import type { ApiModel } from "../../model/model.ts";
import { modelName } from "../../spec/reference.ts";
import { anchor, code } from "./markdown.ts";

/** Links to the operations and the models that refer to each model, by the name of its schema. */
export function usersOfModels({ tags, models }: ApiModel): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  const add = (schema: unknown, link: string) => {
    for (const name of modelsIn(schema)) users.set(name, (users.get(name) ?? new Set()).add(link));
  };
  for (const { slug, operations } of tags) {
    for (const { id, parameters, requestBody, responses } of operations) {
      const link = `[${code(id)}](${slug}.md#${anchor(id)})`;
      for (const { schema } of [...parameters, ...(requestBody ? [requestBody] : []), ...responses])
        add(schema, link);
    }
  }
  for (const { name, schema } of models) add(schema, `[${code(name)}](#${anchor(name)})`);
  return users;
}

/** Names the models that a schema refers to, without following them. */
function modelsIn(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const name = modelName(schema);
  return [...(name === undefined ? [] : [name]), ...Object.values(schema).flatMap(modelsIn)];
}
