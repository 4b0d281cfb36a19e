import type postgres from "postgres";
import type { Sql } from "./connect.ts";
import { isLost } from "./engine_errors.ts";

export type Transaction = postgres.TransactionSql<{ int8: number }>;

/**
 * Runs `work` in a transaction. If the connection is lost, the error is withheld from the driver: the driver
 * would send ROLLBACK to a closed socket, which throws an uncaught error. The driver detects the loss itself
 * and rejects then.
 */
export async function transaction<T>(sql: Sql, work: (sql: Transaction) => Promise<T>): Promise<T> {
  const answer = await sql.begin((sql) =>
    work(sql).catch((error) => isLost(error) ? never() : Promise.reject(error))
  );
  return answer as T;
}

const never = () => new Promise<never>(() => {});
