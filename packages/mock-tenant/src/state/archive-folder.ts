import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Folder of the uploaded archives, with one file for each. */
export class ArchiveFolder {
  readonly #lasting: boolean;
  #path: string | undefined;

  /** @param path A folder that is kept when the tenant stops. By default a temporary folder, created at the first upload. */
  constructor(path?: string) {
    this.#lasting = path !== undefined;
    this.#path = path;
    if (path !== undefined) mkdirSync(path, { recursive: true });
  }

  /** Removes every file except the archives of `imageIds`: incomplete uploads, and archives of deleted customizers. */
  sweep(imageIds: readonly string[]): void {
    const known = new Set(imageIds.map((imageId) => this.pathOf(imageId)));
    for (const name of readdirSync(this.#folder())) {
      const path = join(this.#folder(), name);
      if (!known.has(path)) rmSync(path, { recursive: true });
    }
  }

  pathOf(imageId: string): string {
    return join(this.#folder(), `${imageId}.zip`);
  }

  /** Returns a path for an incomplete upload. */
  incoming(): string {
    return join(this.#folder(), `${randomUUID()}.part`);
  }

  /** Stores a complete upload as the archive of an image. */
  async keep(incoming: string, imageId: string): Promise<void> {
    await rename(incoming, this.pathOf(imageId));
  }

  /** Removes the archive of an image, if it has one. */
  async remove(imageId: string): Promise<void> {
    await rm(this.pathOf(imageId), { force: true });
  }

  async close(): Promise<void> {
    if (!this.#lasting && this.#path !== undefined) await rm(this.#path, { recursive: true, force: true });
  }

  #folder(): string {
    return (this.#path ??= mkdtempSync(join(tmpdir(), "isc-mock-tenant-")));
  }
}
