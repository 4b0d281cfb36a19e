/** One step of a schema. Released ones never change: the next one corrects them. */
export interface Migration {
  name: string;
  sql: string;
}
