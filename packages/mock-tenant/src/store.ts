import { randomBytes, randomUUID } from "node:crypto";
import type { Archive } from "./archive.ts";

/** A customizer, with the property names of the contract. */
export interface Customizer {
  readonly id: string;
  readonly name?: string;
  readonly tenantID: string;
  /** RFC 3339. */
  readonly created: string;
  readonly imageVersion?: number;
  readonly imageID?: string;
}

/** A version of a customizer, and what was uploaded for it. */
export interface CustomizerVersion {
  readonly customizerId: string;
  /** 1 for the first. */
  readonly version: number;
  /** 32 hexadecimal digits. */
  readonly imageId: string;
  /** RFC 3339. */
  readonly created: string;
  readonly archive: Archive;
}

/** The tenant's customizers and their versions, in memory. */
export class CustomizerStore {
  readonly #customizers = new Map<string, Customizer>();
  #versions: CustomizerVersion[] = [];
  readonly tenantId: string;

  constructor(tenantId: string) {
    this.tenantId = tenantId;
  }

  /** Every version that was uploaded to a customizer that still exists, oldest first. */
  get versions(): readonly CustomizerVersion[] {
    return this.#versions;
  }

  create(fields: Partial<Customizer>): Customizer {
    const created = new Date().toISOString();
    const customizer = { id: randomUUID(), created, ...fields, tenantID: this.tenantId };
    this.#customizers.set(customizer.id, customizer);
    return customizer;
  }

  /** In the order of creation. */
  list(offset: number, limit: number): Customizer[] {
    return [...this.#customizers.values()].slice(offset, offset + limit);
  }

  get(id: string): Customizer | undefined {
    return this.#customizers.get(id);
  }

  update(id: string, fields: Pick<Customizer, "name">): Customizer | undefined {
    const customizer = this.#customizers.get(id);
    if (customizer === undefined) return undefined;
    const updated = { ...customizer, ...fields };
    this.#customizers.set(id, updated);
    return updated;
  }

  /** Removes the customizer with its versions; false when there is none. */
  delete(id: string): boolean {
    this.#versions = this.#versions.filter((version) => version.customizerId !== id);
    return this.#customizers.delete(id);
  }

  addVersion(id: string, archive: Archive): CustomizerVersion | undefined {
    const customizer = this.#customizers.get(id);
    if (customizer === undefined) return undefined;
    const version = (customizer.imageVersion ?? 0) + 1;
    const imageId = randomBytes(16).toString("hex");
    const added = { customizerId: id, version, imageId, created: new Date().toISOString(), archive };
    this.#versions.push(added);
    this.#customizers.set(id, { ...customizer, imageVersion: version, imageID: imageId });
    return added;
  }
}
