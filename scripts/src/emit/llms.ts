import type { ApiModel } from "../model/model.ts";
import { notice } from "./head.ts";
import { anchor } from "./reference/markdown.ts";

/** Emits the index of the reference for language models: https://llmstxt.org */
export function emitLlms({ source, document, tags, models }: ApiModel): string {
  const { title, summary, description } = document.info;
  const sections = tags.map(({ name, slug, operations }) => {
    const links = operations.map(
      ({ id, method, path, summary: text, experimental }) =>
        `- [${id}](reference/${slug}.md#${anchor(id)}): ${text} (\`${method} ${path}\`${experimental ? ", experimental" : ""})`,
    );
    return `## ${name}\n\n${links.join("\n")}\n`;
  });
  const reference = ["- [Index](reference/index.md): what the API is, and every method"];
  if (models.length > 0) reference.push("- [Models](reference/models.md): every named type");
  const quote = (summary ?? description?.split("\n\n", 1)[0] ?? title).trim().replaceAll("\n", " ");
  return `# ${title}\n\n> ${quote}\n\n${notice(source)}\n\n${[`## Reference\n\n${reference.join("\n")}\n`, ...sections].join("\n")}`;
}
