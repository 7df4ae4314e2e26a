import { clientSetupOf, exampleClientName } from "../../naming/client-name.ts";
import type { ApiModel, Tag } from "../../model/model.ts";
import { markdownHead } from "../head.ts";
import { anchor, code, table } from "./markdown.ts";

/** Emits the first page of the reference: the description of the API, and every method. */
export function emitIndexPage({ source, document, tags, models }: ApiModel): string {
  const { title, version, description = "" } = document.info;
  const parts = [
    `# ${title}\n`,
    `Version ${version} of the API description.${clientNotice(document)}\n`,
    description.trim() + "\n",
    ...tags.map((tag) => `## [${tag.name}](${tag.slug}.md)\n\n${tag.description}\n\n${methodTable(tag)}`),
    ...(models.length > 0 ? ["## [Models](models.md)\n\nEvery named type of the API.\n"] : []),
  ];
  return `${markdownHead(source)}\n` + parts.join("\n");
}

/** Names the variable that holds the client, unless the examples create it. */
function clientNotice(document: ApiModel["document"]): string {
  if (clientSetupOf(document) !== undefined) return "";
  return ` In every example, ${code(exampleClientName(document))} is a client of this API.`;
}

/** The methods of a tag, each with a link to its section. */
export function methodTable({ operations, slug }: Tag): string {
  return table(
    ["Method", "HTTP request", "Description"],
    operations.map(({ id, method, path, summary, experimental }) => [
      `[${code(id)}](${slug}.md#${anchor(id)})`,
      code(`${method} ${path}`),
      experimental ? `${summary} (experimental)` : summary,
    ]),
  );
}
