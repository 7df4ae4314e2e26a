import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

/** The id of the tenant whose database this is; undefined when it is new. */
export function tenantId(database: DatabaseSync): string | undefined {
  const row = database.prepare("SELECT id FROM tenant").get();
  return row && String(row["id"]);
}

/** Gives a new tenant its id. */
export function makeTenantId(database: DatabaseSync): string {
  const id = randomBytes(16).toString("hex");
  database.prepare("INSERT INTO tenant VALUES (?)").run(id);
  return id;
}
