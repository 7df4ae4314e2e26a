import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Api } from "../openapi/api.ts";
import { ArchiveFolder } from "./archive-folder.ts";
import { ConnectorInstanceStore } from "./connector-instance-store.ts";
import { CustomizerStore } from "./customizer-store.ts";
import { DataFileError, openDatabase } from "./database.ts";
import { seed } from "./seed.ts";
import { tenantId } from "./tenant-id.ts";

/** All that a tenant keeps. */
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
  const database = openDatabase(file);
  const id = tenantId(database);
  const customizers = new CustomizerStore(database, id);
  const instances = new ConnectorInstanceStore(database);
  seed(database, api, customizers, instances, count);
  const archives = file === undefined ? new ArchiveFolder() : openArchives(file, customizers, database);
  return {
    tenantId: id,
    customizers,
    instances,
    archives,
    async close() {
      database.close();
      await archives.close();
    },
  };
}

/** The archives that are kept beside a data file: those that it knows of, and no others. */
function openArchives(file: string, customizers: CustomizerStore, database: DatabaseSync): ArchiveFolder {
  try {
    const archives = new ArchiveFolder(`${resolve(file)}.archives`);
    archives.sweep(customizers.versions.map(({ imageId }) => imageId));
    return archives;
  } catch (error) {
    database.close();
    throw new DataFileError(file, `cannot be used: ${String(error)}.`, error);
  }
}
