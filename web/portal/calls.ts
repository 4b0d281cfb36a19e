import { fieldProblem } from "./field_problem.ts";
import { service } from "./service.ts";

/** The service refused a call, or could not be reached (`status` 0). */
export class CallFailed extends Error {
  override name = "CallFailed";
  constructor(
    readonly status: number,
    /** The wire's word for what is wrong. */
    readonly code: string,
    message: string,
    /** What is wrong with which field, in the chosen language. */
    readonly fields: Record<string, string> = {},
    /** Seconds to wait before trying again. */
    readonly waitSeconds = 0,
  ) {
    super(message);
  }
}

let onSignedOut = () => {};
/** Whom to tell that the session has ended. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

/** Calls the service; answers what it answers, nothing for an empty answer. @throws {CallFailed} */
export async function call<T = void>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(service + path, {
    method,
    credentials: service === location.origin ? "same-origin" : "include",
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  }).catch(() => {
    throw new CallFailed(0, "unreachable", "The service cannot be reached");
  });
  if (response.ok) return response.status === 204 ? undefined as T : await response.json();
  throw await failure(response);
}

async function failure(response: Response): Promise<CallFailed> {
  const { error } = await response.json().catch(() => ({}));
  const wait = Number(response.headers.get("retry-after"));
  if (error?.code === "not_signed_in") onSignedOut();
  const code = error?.code ?? `http_${response.status}`;
  const told = Object.entries<string>(error?.fields ?? {});
  const fields = Object.fromEntries(told.map(([field, problem]) => [field, fieldProblem(problem)]));
  return new CallFailed(response.status, code, error?.message ?? code, fields, wait);
}
