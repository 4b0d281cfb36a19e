import { noPostgres, PostgresServer } from "../harness/postgres.ts";
import { sanitized } from "../harness/sanitized.ts";
import { unless } from "../harness/test_unless.ts";
import type { Outcome } from "./conversations.ts";

/** The server of this file's tests; undefined if PostgreSQL is not installed. */
export const server = await PostgresServer.start();
/** The full size takes minutes; the small one covers the same cases. */
export const isFull = Deno.env.get("PARLOR_LONG_TESTS") === "1";
/** Size of the conversations during faults. */
export const faults = isFull ? { rooms: 40, each: 40, pauseMs: 300 } : { rooms: 12, each: 20, pauseMs: 250 };
/** Maximum time until every side has received everything. Milliseconds. */
export const patienceMs = 90_000;

/** A test of several instances on one server. */
export function test(name: string, act: (server: PostgresServer) => Promise<void>): void {
  Deno.test({ ...unless(!server && noPostgres, `postgres: ${name}`), ...sanitized, fn: () => act(server!) });
}

/** Prints the figures of a full run. */
export function report(name: string, outcome: Outcome): void {
  if (isFull) {
    console.log(
      name,
      JSON.stringify(outcome, (_, value) => typeof value === "number" ? Math.round(value) : value),
    );
  }
}
