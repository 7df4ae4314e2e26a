import type { DatabaseSync } from "node:sqlite";

/** Runs `work` in a transaction; an error rolls it back. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
