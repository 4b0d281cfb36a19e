import type { DatabaseSync } from "node:sqlite";

/** One step of a schema. Released steps never change; corrections are new steps. */
export interface Migration {
  name: string;
  sql: string;
}

/** A step that needs code: `run` is called after `sql`, in the same transaction. */
export interface SqliteMigration extends Migration {
  run?(db: DatabaseSync): void;
}
