import type { DatabaseSync } from "node:sqlite";

/** Thrown when a data file cannot be used; the message names the cause and the remedy. */
export class DataFileError extends Error {
  override readonly name = "DataFileError";
  readonly file: string;

  constructor(file: string, problem: string, cause?: unknown) {
    super(`The data file ${file} ${problem}`, { cause });
    this.file = file;
  }
}

/** Marks a SQLite file as a mock tenant's: https://www.sqlite.org/pragma.html#pragma_application_id ("ISCM" in ASCII). */
const APPLICATION_ID = 0x4953434d;
const SCHEMA_VERSION = 1;

// A row has a JSON document and the columns of the queries. JSON keeps every string unchanged, but SQLite's text would end at a
// NUL and cannot hold lone surrogates.
const SCHEMA = `
  CREATE TABLE tenant (id TEXT NOT NULL) STRICT;
  CREATE TABLE customizer (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL
  ) STRICT;
  CREATE TABLE version (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    customizer_id TEXT NOT NULL REFERENCES customizer (id) ON DELETE CASCADE,
    document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX version_of_customizer ON version (customizer_id);
  CREATE TABLE connector_instance (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    customizer_id TEXT REFERENCES customizer (id) ON DELETE SET NULL
  ) STRICT;
  CREATE INDEX instance_of_customizer ON connector_instance (customizer_id);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Opens the database of a tenant, and creates it when it is new. A statement returns after its write is in the file, so a killed
 * process loses no completed write.
 *
 * @param file Path of the data file; in memory when undefined.
 * @throws DataFileError when the file is not a mock tenant's, is in use, or cannot be read or written.
 */
export function openDatabase(file: string | undefined): DatabaseSync {
  // Not imported: an old Node without it must be able to load the package and report the required version.
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  if (file === undefined) {
    const database = new DatabaseSync(":memory:");
    database.exec(SCHEMA);
    return database;
  }
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    prepareFile(database, file);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof DataFileError) throw error;
    throw new DataFileError(file, problemOf(error), error);
  }
}

function prepareFile(database: DatabaseSync, file: string): void {
  // The lock is held until the process ends, so that no two tenants write to one file.
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  database.exec("BEGIN EXCLUSIVE");
  const empty = pragma(database, "schema_version") === 0;
  if (empty) database.exec(SCHEMA);
  else if (pragma(database, "application_id") !== APPLICATION_ID)
    throw new DataFileError(
      file,
      "is a database of another application. Name a new file or the data file of a mock tenant.",
    );
  else if (pragma(database, "user_version") !== SCHEMA_VERSION)
    throw new DataFileError(
      file,
      "was written by another version of the mock tenant. Use that version, or name a new file.",
    );
  database.exec("COMMIT");
  // After the checks, because this writes to the file. A write-ahead log survives the process without waiting for the
  // disk: https://www.sqlite.org/wal.html
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
}

function pragma(database: DatabaseSync, name: string): unknown {
  return database.prepare(`PRAGMA ${name}`).get()?.[name];
}

/** Describes an error by SQLite's result code, https://www.sqlite.org/rescode.html. */
function problemOf(error: unknown): string {
  const { errcode, message } = error as { errcode?: number; message: string };
  switch ((errcode ?? 0) & 0xff) {
    case 5:
      return "is in use by another mock tenant. Stop that mock tenant, or name another file.";
    case 11:
    case 26:
      return "is damaged or is not a database. Name a new file or the data file of a mock tenant.";
    case 14:
      return "cannot be opened. Name a file (not a folder) in an existing, writable folder.";
    default:
      return `cannot be opened: ${message}.`;
  }
}
