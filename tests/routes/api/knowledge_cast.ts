import { inWorkspace, signUpMember } from "../../harness/member.ts";
import { type Admin, Parlor } from "../../harness/parlor.ts";

export interface Answered {
  status: number;
  // deno-lint-ignore no-explicit-any -- JSON of a response
  body: any;
  text: string;
}

/** Calls `/messages/api…`; a body that is a text is sent as `type`. */
export type Caller = (method: string, path: string, body?: unknown, type?: string) => Promise<Answered>;

export interface Cast {
  parlor: Parlor;
  /** Owner of the workspace, an agent and a manager of it; somebody else. */
  asha: Caller;
  ines: Caller;
  mara: Caller;
  bruno: Caller;
  /** With which asha is signed in. */
  ashaHeaders: Record<string, string>;
}

export async function withKnowledge(test: (cast: Cast) => Promise<void>): Promise<void> {
  await using parlor = await Parlor.start({ LIMIT_COST_PER_ACCOUNT: "off", LIMIT_COST_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const ines = await signUpMember(parlor, "asha", { username: "ines", role: "agent" });
  const mara = await signUpMember(parlor, "asha", { username: "mara", role: "manager" });
  const caller = (admin: Admin, workspace: string): Caller => (method, path, body, type) =>
    call(parlor, { method, path, body, type, headers: inWorkspace(admin, workspace) });
  await test({
    parlor,
    ...{ asha: caller(asha, "asha"), ines: caller(ines, "asha"), mara: caller(mara, "asha") },
    bruno: caller(bruno, "bruno"),
    ashaHeaders: inWorkspace(asha, "asha"),
  });
}

async function call(
  parlor: Parlor,
  { method, path, body, type = "application/json", headers }: {
    method: string;
    path: string;
    body: unknown;
    type?: string;
    headers: Record<string, string>;
  },
): Promise<Answered> {
  const response = await parlor.fetch(`/messages/api${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { "content-type": type }) },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
}
