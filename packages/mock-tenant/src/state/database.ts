import type { DatabaseSync } from "node:sqlite";

/** Thrown when a data file cannot be used; the message says why, and what to do. */
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

// A row is a JSON document beside the columns that are searched by. JSON keeps every string of the API as it came; SQLite's
// own text ends at a NUL and has no lone surrogates.
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
 * Opens the database of a tenant, and makes it when it is new. A write is in the file when its statement has returned:
 * a killed process loses nothing of it.
 *
 * @param file A path; in memory when undefined.
 * @throws DataFileError when the file is not a mock tenant's, is in use, or cannot be read or written.
 */
export function openDatabase(file: string | undefined): DatabaseSync {
  // Not imported: a Node that does not have it would not load the package, and could not be told what it lacks.
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
  // Held until the process ends, however it ends, so that no two tenants write to one file.
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  database.exec("BEGIN EXCLUSIVE");
  const empty = pragma(database, "schema_version") === 0;
  if (empty) database.exec(SCHEMA);
  else if (pragma(database, "application_id") !== APPLICATION_ID)
    throw new DataFileError(
      file,
      "is a database of something else. Name a file that is new or a mock tenant's.",
    );
  else if (pragma(database, "user_version") !== SCHEMA_VERSION)
    throw new DataFileError(
      file,
      "was written by another version of the mock tenant. Use that, or name a new file.",
    );
  database.exec("COMMIT");
  // Only now, since it is written into the file. What a write-ahead log has survives the process without waiting for the
  // disk: https://www.sqlite.org/wal.html
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
}

function pragma(database: DatabaseSync, name: string): unknown {
  return database.prepare(`PRAGMA ${name}`).get()?.[name];
}

/** By SQLite's result codes, https://www.sqlite.org/rescode.html. */
function problemOf(error: unknown): string {
  const { errcode, message } = error as { errcode?: number; message: string };
  switch ((errcode ?? 0) & 0xff) {
    case 5:
      return "is in use by another mock tenant. Stop that one, or name another file.";
    case 11:
    case 26:
      return "is damaged, or no database. Name a file that is new or a mock tenant's.";
    case 14:
      return "cannot be opened. Name a file, and no folder, in a folder that there is and that can be written to.";
    default:
      return `cannot be opened: ${message}.`;
  }
}
