import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hashContents } from "./hash-contents.ts";

/** An uploaded archive, and its version. */
interface Upload {
  /** The SHA-256 of its contents. */
  readonly sha256: string;
  readonly version: number;
}

interface Content {
  readonly uploaded?: Upload;
  /** The SHA-256 of the contents of the last archive that passed its check. */
  readonly accepted?: string;
  /** The customizers that instances were linked to before this deployment. */
  readonly links?: Readonly<Record<string, string | null>>;
}

/**
 * Stores the deployments of one customizer in a folder: a JSON file and the archives. The API does not return archives, so a rollback
 * needs them. A pipeline should keep the folder from one run to the next, such as in its cache.
 */
export class DeploymentRecord {
  /** The id of the customizer. */
  readonly id: string;
  readonly #folder: string;
  #content: Content;

  private constructor(folder: string, id: string, content: Content) {
    this.#folder = folder;
    this.id = id;
    this.#content = content;
  }

  static async open(folder: string, id: string): Promise<DeploymentRecord> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${id}.json`);
    const text = existsSync(file) ? await readFile(file, "utf8") : "{}";
    return new DeploymentRecord(folder, id, JSON.parse(text) as Content);
  }

  get uploaded(): Upload | undefined {
    return this.#content.uploaded;
  }

  get accepted(): string | undefined {
    return this.#content.accepted;
  }

  get links(): readonly [instanceId: string, customizerId: string | null][] {
    return Object.entries(this.#content.links ?? {});
  }

  archivePath(sha256: string): string {
    return join(this.#folder, `${sha256}.zip`);
  }

  /** Copies an archive into the folder. @returns the SHA-256 of its contents */
  async keepArchive(file: string): Promise<string> {
    const sha256 = await hashContents(file);
    const draft = `${this.archivePath(sha256)}.${process.pid}`;
    await copyFile(file, draft);
    await rename(draft, this.archivePath(sha256));
    return sha256;
  }

  async setUploaded(uploaded: Upload): Promise<void> {
    await this.#write({ ...this.#content, uploaded });
  }

  /** Remembers what an instance was linked to. The first value counts, because a deployment may be run again. */
  async addLink(instanceId: string, customizerId: string | null): Promise<void> {
    await this.#write({ ...this.#content, links: { [instanceId]: customizerId, ...this.#content.links } });
  }

  async clearLinks(): Promise<void> {
    const { links: _, ...content } = this.#content;
    await this.#write(content);
  }

  /** The uploaded archive passed its check. */
  async accept(): Promise<void> {
    const { uploaded } = this.#content;
    await this.#write(uploaded === undefined ? {} : { uploaded, accepted: uploaded.sha256 });
  }

  /** Replaces the file as a whole, so that no process finds half of it. */
  async #write(content: Content): Promise<void> {
    const file = join(this.#folder, `${this.id}.json`);
    await writeFile(`${file}.${process.pid}`, `${JSON.stringify(content, undefined, 2)}\n`);
    await rename(`${file}.${process.pid}`, file);
    this.#content = content;
  }
}
