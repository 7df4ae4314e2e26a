import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

/** The id of the tenant whose database this is; made at the first start. */
export function tenantId(database: DatabaseSync): string {
  const row = database.prepare("SELECT id FROM tenant").get();
  if (row !== undefined) return String(row["id"]);
  const id = randomBytes(16).toString("hex");
  database.prepare("INSERT INTO tenant VALUES (?)").run(id);
  return id;
}
