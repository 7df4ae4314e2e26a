import { BaseResolver, type Document, isAbsoluteUrl, ResolveError, type Source } from "@redocly/openapi-core";

/** Reads the files of a spec. It fetches nothing, because what is generated must depend on the files alone. */
export class LocalResolver extends BaseResolver {
  override async loadExternalRef(reference: string): Promise<Source> {
    if (isAbsoluteUrl(reference)) throw new ResolveError(new Error(`${reference} is not a file.`));
    return await super.loadExternalRef(reference);
  }

  /** The files that were read, the spec itself first. */
  async documentsRead(): Promise<Document[]> {
    const documents = await Promise.allSettled(this.cache.values());
    return documents.flatMap((document) =>
      document.status === "fulfilled" && !(document.value instanceof Error) ? [document.value] : [],
    );
  }
}
