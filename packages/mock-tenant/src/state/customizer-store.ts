import { randomUUID } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Archive } from "./archive.ts";
import { transaction } from "./transaction.ts";

/** A customizer, with the property names of the contract. */
export interface Customizer {
  readonly id: string;
  readonly name?: string;
  readonly tenantID: string;
  /** Time of creation, in RFC 3339. */
  readonly created: string;
  readonly imageVersion?: number;
  readonly imageID?: string;
}

/** A version of a customizer, with the contents of its archive. */
export interface VersionRecord {
  readonly customizerId: string;
  /** Version number, from 1. */
  readonly version: number;
  /** 32 hexadecimal digits. */
  readonly imageId: string;
  /** Time of creation, in RFC 3339. */
  readonly created: string;
  readonly archive: Archive;
}

/** The tenant's customizers and their versions. */
export class CustomizerStore {
  readonly #database: DatabaseSync;
  readonly #tenantId: string;
  readonly #statements: Readonly<
    Record<"count" | "insert" | "list" | "get" | "update" | "delete", StatementSync>
  >;
  readonly #versionStatements: Readonly<Record<"insert" | "all" | "of", StatementSync>>;

  constructor(database: DatabaseSync, tenantId: string) {
    this.#database = database;
    this.#tenantId = tenantId;
    this.#statements = {
      count: database.prepare("SELECT count(*) AS count FROM customizer"),
      insert: database.prepare("INSERT INTO customizer (id, document) VALUES (?, ?)"),
      list: database.prepare("SELECT document FROM customizer ORDER BY number LIMIT ? OFFSET ?"),
      get: database.prepare("SELECT document FROM customizer WHERE id = ?"),
      update: database.prepare("UPDATE customizer SET document = ? WHERE id = ?"),
      delete: database.prepare("DELETE FROM customizer WHERE id = ?"),
    };
    this.#versionStatements = {
      insert: database.prepare("INSERT INTO version (customizer_id, document) VALUES (?, ?)"),
      all: database.prepare("SELECT document FROM version ORDER BY number"),
      of: database.prepare("SELECT document FROM version WHERE customizer_id = ? ORDER BY number"),
    };
  }

  get count(): number {
    return Number(this.#statements.count.get()?.["count"]);
  }

  create(fields: Partial<Customizer>): Customizer {
    const created = new Date().toISOString();
    const customizer = { id: randomUUID(), created, ...fields, tenantID: this.#tenantId };
    this.#statements.insert.run(customizer.id, JSON.stringify(customizer));
    return customizer;
  }

  /** Lists customizers in the order of creation. */
  list(offset: number, limit: number): Customizer[] {
    return this.#statements.list.all(limit, offset).map(documentIn<Customizer>);
  }

  get(id: string): Customizer | undefined {
    const row = this.#statements.get.get(id);
    return row && documentIn<Customizer>(row);
  }

  update(id: string, fields: Partial<Omit<Customizer, "id">>): Customizer | undefined {
    const customizer = this.get(id);
    if (customizer === undefined) return undefined;
    const updated = { ...customizer, ...fields };
    this.#statements.update.run(JSON.stringify(updated), id);
    return updated;
  }

  /** Removes the customizer with its versions, and its links from connector instances; returns false for an unknown id. */
  delete(id: string): boolean {
    return this.#statements.delete.run(id).changes > 0;
  }

  /** Versions of all customizers, oldest first. */
  get versions(): VersionRecord[] {
    return this.#versionStatements.all.all().map(documentIn<VersionRecord>);
  }

  versionsOf(customizerId: string): VersionRecord[] {
    return this.#versionStatements.of.all(customizerId).map(documentIn<VersionRecord>);
  }

  /** Adds a version; returns undefined for an unknown customizer. */
  addVersion(customizerId: string, imageId: string, archive: Archive): VersionRecord | undefined {
    const customizer = this.get(customizerId);
    if (customizer === undefined) return undefined;
    const version = (customizer.imageVersion ?? 0) + 1;
    const added = { customizerId, version, imageId, created: new Date().toISOString(), archive };
    transaction(this.#database, () => {
      this.#versionStatements.insert.run(customizerId, JSON.stringify(added));
      this.update(customizerId, { imageVersion: version, imageID: imageId });
    });
    return added;
  }
}

/** Parses the document of a row. The type is asserted, because the store wrote the document. */
function documentIn<T>(row: Record<string, unknown>): T {
  return JSON.parse(String(row["document"])) as T;
}
