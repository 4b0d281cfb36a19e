import type { DatabaseSync } from "node:sqlite";

/** One step of a schema. Released ones never change: the next one corrects them. */
export interface Migration {
  name: string;
  sql: string;
}

/** A step that SQL alone cannot do: `run` comes after it, in the same transaction. */
export interface SqliteMigration extends Migration {
  run?(db: DatabaseSync): void;
}
