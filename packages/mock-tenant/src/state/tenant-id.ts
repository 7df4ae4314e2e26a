import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

/** Reads the tenant id from a database; undefined when it is new. */
export function tenantId(database: DatabaseSync): string | undefined {
  const row = database.prepare("SELECT id FROM tenant").get();
  return row && String(row["id"]);
}

/** Creates and stores the id of a new tenant. */
export function makeTenantId(database: DatabaseSync): string {
  const id = randomBytes(16).toString("hex");
  database.prepare("INSERT INTO tenant VALUES (?)").run(id);
  return id;
}
