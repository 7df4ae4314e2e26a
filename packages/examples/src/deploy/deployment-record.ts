import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
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
    return join(this.#folder, `${this.id}.${sha256}.zip`);
  }

  /** Copies an archive into the folder, unless it has one with these contents. @returns the SHA-256 of the contents */
  async keepArchive(file: string): Promise<string> {
    const sha256 = await hashContents(file);
    const kept = this.archivePath(sha256);
    if (existsSync(kept)) return sha256;
    await copyFile(file, `${kept}.${process.pid}`);
    await rename(`${kept}.${process.pid}`, kept);
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

  /** Records that the uploaded archive passed its check, and deletes the archives before it. */
  async accept(): Promise<void> {
    const { uploaded } = this.#content;
    if (uploaded === undefined) throw new Error("No archive was uploaded.");
    await this.#write({ uploaded, accepted: uploaded.sha256 });
    const kept = [`${this.id}.json`, basename(this.archivePath(uploaded.sha256))];
    for (const file of await readdir(this.#folder))
      if (file.startsWith(`${this.id}.`) && !kept.includes(file)) await rm(join(this.#folder, file));
  }

  /** Replaces the file as a whole, so that no process finds half of it. */
  async #write(content: Content): Promise<void> {
    const file = join(this.#folder, `${this.id}.json`);
    await writeFile(`${file}.${process.pid}`, `${JSON.stringify(content, undefined, 2)}\n`);
    await rename(`${file}.${process.pid}`, file);
    this.#content = content;
  }
}
