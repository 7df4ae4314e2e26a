import { contractFiles } from "../contract/contract-files.ts";
import { head } from "./head.ts";
import { emitIndex } from "./index-module.ts";
import { emitJson } from "./json.ts";
import { emitLlms } from "./llms.ts";
import { emitMethods } from "./methods.ts";
import { emitModels } from "./models.ts";
import { emitOperations } from "./operations.ts";
import { emitPackage } from "./package.ts";
import { emitIndexPage } from "./reference/index-page.ts";
import { emitModelsPage } from "./reference/models-page.ts";
import { emitTagPage, type RepositoryLinks } from "./reference/tag-page.ts";
import { emitSchema } from "./schema.ts";
import { emitServer } from "./server.ts";
import type { ApiModel } from "../model/model.ts";

/** The folders of the generated files. */
export interface Destination {
  readonly code: string;
  readonly docs: string;
  /** The code is outside any package, so it gets its own `package.json`. */
  readonly standalone: boolean;
  /** The links from the reference to other files of the repository. */
  readonly links?: RepositoryLinks | undefined;
}

/** Emits every generated file, by path. */
export function emitFiles(
  model: ApiModel,
  { code, docs, standalone, links }: Destination,
  sha256: string,
): Map<string, string> {
  const files = new Map<string, string>();
  for (const [name, text] of contractFiles) {
    files.set(
      `${code}/${name}`,
      `${head(`scripts/src/contract/${name}`)}
${text}`,
    );
  }
  files.set(`${code}/schema.ts`, emitSchema(model));
  files.set(`${code}/models.ts`, emitModels(model));
  files.set(`${code}/operations.ts`, emitOperations(model));
  files.set(`${code}/methods.ts`, emitMethods(model));
  files.set(`${code}/server.ts`, emitServer(model, sha256));
  files.set(`${code}/index.ts`, emitIndex(model));
  files.set(`${code}/openapi.json`, emitJson(model));
  if (standalone) files.set(`${code}/package.json`, emitPackage(model));
  files.set(`${docs}/reference/index.md`, emitIndexPage(model));
  for (const tag of model.tags) files.set(`${docs}/reference/${tag.slug}.md`, emitTagPage(model, tag, links));
  if (model.models.length > 0) files.set(`${docs}/reference/models.md`, emitModelsPage(model));
  files.set(`${docs}/llms.txt`, emitLlms(model));
  return files;
}
