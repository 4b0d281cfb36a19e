import type postgres from "postgres";
import type { Sql } from "./connect.ts";
import { isLost } from "./engine_errors.ts";

export type Transaction = postgres.TransactionSql<{ int8: number }>;

/**
 * Does `work` in a transaction. Where its connection is lost the driver must not be told by the work's failure: it would
 * send a ROLLBACK into a socket that is gone, which ends the process. It learns of the loss by itself, and then rejects.
 */
export async function transaction<T>(sql: Sql, work: (sql: Transaction) => Promise<T>): Promise<T> {
  const answer = await sql.begin((sql) =>
    work(sql).catch((error) => isLost(error) ? never() : Promise.reject(error))
  );
  return answer as T;
}

const never = () => new Promise<never>(() => {});
