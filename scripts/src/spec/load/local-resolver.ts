import { BaseResolver, isAbsoluteUrl, ResolveError, type Source } from "@redocly/openapi-core";

/** Reads the files of a spec. It fetches nothing, because what is generated must depend on the files alone. */
export class LocalResolver extends BaseResolver {
  override async loadExternalRef(reference: string): Promise<Source> {
    if (isAbsoluteUrl(reference)) throw new ResolveError(new Error(`${reference} is not a file.`));
    return await super.loadExternalRef(reference);
  }

  /** The paths of the files that were read, the spec itself first. */
  async filesRead(): Promise<string[]> {
    const documents = await Promise.allSettled(this.cache.values());
    return [...this.cache.keys()].filter((_, index) => {
      const document = documents[index];
      return document?.status === "fulfilled" && !(document.value instanceof Error);
    });
  }
}
