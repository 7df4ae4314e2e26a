import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Api } from "../openapi/api.ts";
import { ArchiveFolder } from "./archive-folder.ts";
import { ConnectorInstanceStore } from "./connector-instance-store.ts";
import { CustomizerStore } from "./customizer-store.ts";
import { DataFileError, openDatabase } from "./database.ts";
import { seed } from "./seed.ts";
import { makeTenantId, tenantId } from "./tenant-id.ts";
import { transaction } from "./transaction.ts";

/** State of a tenant. */
export interface State {
  readonly tenantId: string;
  readonly customizers: CustomizerStore;
  readonly instances: ConnectorInstanceStore;
  readonly archives: ArchiveFolder;
  readonly close: () => Promise<void>;
}

/**
 * Opens the state of a tenant, and fills it with `count` customizers when it is new.
 *
 * @param file The data file; the state is temporary when undefined.
 * @throws DataFileError
 */
export function openState(file: string | undefined, api: Api, count: number): State {
  // Resolved, because SQLite gives names such as `:memory:` a special meaning.
  const path = file && resolve(file);
  const database = openDatabase(path);
  try {
    return stateIn(database, path, api, count);
  } catch (error) {
    database.close();
    throw error;
  }
}

function stateIn(database: DatabaseSync, file: string | undefined, api: Api, count: number): State {
  // In one transaction, so that a tenant whose start was interrupted is new again.
  const parts = transaction(database, () => {
    const known = tenantId(database);
    const id = known ?? makeTenantId(database);
    const customizers = new CustomizerStore(database, id);
    const instances = new ConnectorInstanceStore(database);
    if (known === undefined) seed(api, customizers, instances, count);
    return { tenantId: id, customizers, instances };
  });
  const archives = file === undefined ? new ArchiveFolder() : lastingArchives(file, parts.customizers);
  return {
    ...parts,
    archives,
    async close() {
      database.close();
      await archives.close();
    },
  };
}

function lastingArchives(file: string, customizers: CustomizerStore): ArchiveFolder {
  try {
    const archives = new ArchiveFolder(`${file}.archives`);
    archives.sweep(customizers.versions.map(({ imageId }) => imageId));
    return archives;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFileError(file, `has a folder of archives that cannot be used: ${reason}.`, error);
  }
}
