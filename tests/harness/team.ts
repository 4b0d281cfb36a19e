import assert from "node:assert/strict";
import type { Role } from "../../protocol/team.ts";
import { type Admin, type Parlor, password } from "./parlor.ts";

/** Whatever a response holds. */
export type Json = Awaited<ReturnType<Response["json"]>>;

/** A call of the portal's API by a member, in a workspace. Answers the status and the JSON, if there is any. */
export async function callAs(
  parlor: Parlor,
  member: Admin,
  route: string,
  { body, workspace }: { body?: unknown; workspace?: string } = {},
): Promise<{ status: number; answer: Json }> {
  const [method, path] = route.split(" ") as [string, string];
  const response = await parlor.fetch(path.startsWith("/accounts") ? path : `/messages/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${member.token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(workspace !== undefined && { "parlor-workspace": workspace }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, answer: text ? JSON.parse(text) : undefined };
}

/** A member of a team: an account without a chatbot of its own. */
export interface TeamMember extends Admin {
  /** Its public id in the workspace. */
  id: string;
}

/** Invites somebody to the owner's workspace, who makes an account by the invitation. */
export async function joinTeam(
  parlor: Parlor,
  owner: Admin,
  username: string,
  { role = "agent", name }: { role?: Exclude<Role, "owner">; name?: string } = {},
): Promise<TeamMember> {
  const invited = await callAs(parlor, owner, "POST /invitations", {
    body: { role },
    workspace: owner.username,
  });
  assert.equal(invited.status, 201, JSON.stringify(invited.answer));
  const path = `/accounts/api/invitations/${invited.answer.token}/accept`;
  const response = await parlor.post(path, { username, password, ...(name !== undefined && { name }) });
  assert.equal(response.status, 201);
  const cookie = response.headers.getSetCookie()[0]!.split(";")[0]!;
  const member = { username, token: (await response.json()).token, cookie };
  const { answer } = await callAs(parlor, member, "GET /members", { workspace: owner.username });
  return { ...member, id: answer.you };
}
