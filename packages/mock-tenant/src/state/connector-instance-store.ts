import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A connector instance (SailPoint also calls it a source), with the property names of the contract. */
export interface ConnectorInstance {
  readonly id: string;
  readonly name: string;
  readonly connectorCustomizerId: string | null;
}

/** The tenant's connector instances. */
export class ConnectorInstanceStore {
  readonly #statements: Readonly<Record<"insert" | "list" | "get" | "link", StatementSync>>;

  constructor(database: DatabaseSync) {
    const columns = "id, name, customizer_id AS connectorCustomizerId";
    this.#statements = {
      insert: database.prepare("INSERT INTO connector_instance (id, name, customizer_id) VALUES (?, ?, ?)"),
      list: database.prepare(`SELECT ${columns} FROM connector_instance ORDER BY number`),
      get: database.prepare(`SELECT ${columns} FROM connector_instance WHERE id = ?`),
      link: database.prepare("UPDATE connector_instance SET customizer_id = ? WHERE id = ?"),
    };
  }

  add({ id, name, connectorCustomizerId }: ConnectorInstance): void {
    this.#statements.insert.run(id, name, connectorCustomizerId);
  }

  /** Lists the instances in the order of their addition. */
  list(): ConnectorInstance[] {
    return this.#statements.list.all().map(instanceIn);
  }

  get(id: string): ConnectorInstance | undefined {
    const row = this.#statements.get.get(id);
    return row && instanceIn(row);
  }

  /** Links the instance to an existing customizer; null removes the link. */
  link(id: string, connectorCustomizerId: string | null): void {
    this.#statements.link.run(connectorCustomizerId, id);
  }
}

/** Copies a row. SQLite's rows have no prototype, so they would not equal a plain object in a test. */
function instanceIn(row: object): ConnectorInstance {
  return { ...row } as ConnectorInstance;
}
