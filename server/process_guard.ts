import { faultFields, type Log } from "../chat/monitoring/log.ts";
import { secrets, variableNames } from "./config.ts";

/** Logs uncaught faults instead of ending the process: one fault must not end everybody's conversations. */
export function guardProcess(log: Log): void {
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log.error("unhandled_rejection", faultFields(event.reason));
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    log.error("unhandled_error", faultFields(event.error));
  });
}

/** The whole environment where that is allowed, so that a misspelt variable is reported; else each known variable. */
export function readEnvironment(): Record<string, string | undefined> {
  try {
    return Deno.env.toObject();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return Object.fromEntries(variableNames.map((name) => [name, Deno.env.get(name)]));
  }
}

/** Revokes the permission to read secrets again: code that gets to run later in this process cannot. */
export function revokeSecrets(): void {
  for (const variable of [...secrets, "DATABASE_URL"]) {
    Deno.permissions.revokeSync({ name: "env", variable });
  }
}
