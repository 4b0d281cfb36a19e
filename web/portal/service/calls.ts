import { signal } from "@preact/signals";
import type { Proof } from "../../../protocol/requests.ts";
import { accountHeader, workspaceHeader } from "../../../protocol/limits.ts";
import { service } from "./service.ts";
import { fieldWords } from "../words/field_words.ts";
import { count, say, type Word } from "../words/words.ts";

/** The service refused a call, or could not be reached (`status` 0). */
export class CallFailed extends Error {
  override name = "CallFailed";
  constructor(
    readonly status: number,
    /** The wire's word for what is wrong. */
    readonly code: string,
    message: string,
    /** Error messages by field, in the chosen language. */
    readonly fields: Record<string, string> = {},
    /** Seconds before a retry. */
    readonly waitSeconds = 0,
    /** The challenge to solve before the same call is accepted. */
    readonly challenge?: { token: string; bits: number },
  ) {
    super(message);
  }
}

/** Handlers for an ended session, and for a session of another account. */
interface Refusals {
  signedOut(): void;
  otherAccount(): void;
}
let refusals: Refusals = { signedOut() {}, otherAccount() {} };
export function whenRefused(told: Refusals): void {
  refusals = told;
}

/** The account that this page was opened for, once known. The cookie may belong to another one by now. */
let account: string | undefined;
export function callAs(username: string | undefined): void {
  account = username;
}
export const calledAs = (): string | undefined => account;

/** The workspace to act in, where it is not the account's own. */
let workspace: string | undefined;
export function callIn(name: string | undefined): void {
  workspace = name;
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Challenges accepted per call: one may expire, or be answered during a restart of the service. */
const mostTasks = 3;

/** Probable progress of the challenge being solved, 0 to 1. */
export const proving = signal<number | undefined>(undefined);

/**
 * Calls the service; returns its answer, undefined for an empty one. Where the service requires a proof of work
 * first, it is solved and the call repeated. @throws {CallFailed}
 */
export async function call<T = void>(method: Method, path: string, body?: unknown): Promise<T> {
  for (let tasks = 0;; tasks++) {
    try {
      return await callOnce<T>(method, path, body);
    } catch (error) {
      const { challenge } = error as CallFailed;
      if (!challenge || tasks >= mostTasks) throw error;
      body = { ...body as object, proof: await proofOf(challenge) };
    }
  }
}

async function proofOf(challenge: NonNullable<CallFailed["challenge"]>): Promise<Proof> {
  const { solve } = await import("../../client/proof_of_work.ts");
  try {
    return await solve(challenge, (done) => proving.value = Math.floor(done * 100) / 100);
  } finally {
    proving.value = undefined;
  }
}

/** Posts a file, whose own type the browser may not know. @throws {CallFailed} */
export const uploadFile = <T>(path: string, file: Blob, type = "text/csv"): Promise<T> =>
  callOnce<T>("POST", path, new Blob([file], { type }));

async function callOnce<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const isFile = body instanceof Blob;
  const response = await fetch(service + path, {
    method,
    credentials: service === location.origin ? "same-origin" : "include",
    headers: {
      ...(account !== undefined && { [accountHeader]: account }),
      ...(workspace !== undefined && { [workspaceHeader]: workspace }),
      ...(body !== undefined && { "content-type": isFile ? body.type : "application/json" }),
    },
    ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
  }).catch(() => {
    throw new CallFailed(0, "unreachable", "The service cannot be reached");
  });
  if (response.ok) return response.status === 204 ? undefined as T : await response.json();
  throw await failure(response);
}

async function failure(response: Response): Promise<CallFailed> {
  const { error } = await response.json().catch(() => ({}));
  const wait = Number(response.headers.get("retry-after"));
  if (error?.code === "not_signed_in") refusals.signedOut();
  if (error?.code === "other_account") refusals.otherAccount();
  const code = error?.code ?? `http_${response.status}`;
  const told = Object.entries<string>(error?.fields ?? {});
  const fields = Object.fromEntries(told.map(([field, problem]) => [field, fieldProblem(problem)]));
  return new CallFailed(response.status, code, error?.message ?? code, fields, wait, error?.challenge);
}

/** A field's problem in the chosen language; as sent where there is no translation. */
function fieldProblem(said: string): string {
  const found = fieldWords(said);
  if (!found) return said;
  return found.n === undefined ? say(found.word as Word) : count(found.word, found.n);
}
