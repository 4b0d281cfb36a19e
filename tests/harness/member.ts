import { changeMembers, type Member, newMember } from "../../db/collections/members.ts";
import { agentIdOf, ownerOf } from "../../chat/team/members.ts";
import type { Admin, Parlor } from "./parlor.ts";

/** Signs up an account, and makes it a member of another one's workspace. */
export async function signUpMember(
  parlor: Parlor,
  workspace: string,
  member: Pick<Member, "username" | "role"> & Partial<Member>,
): Promise<Admin & { id: string }> {
  const admin = await parlor.signUp(member.username);
  const { store } = parlor.running.service.chat;
  const { id: account } = (await store.account(member.username))!;
  const id = await agentIdOf(workspace, account);
  const owner = await ownerOf((await store.account(workspace))!);
  const one = newMember({ ...member, workspace, account, id, joined: Date.now() });
  await changeMembers(store, workspace, (now) => ({
    put: now.length === 0 ? [owner, one] : [one],
    answer: undefined,
  }));
  return { ...admin, id };
}

/** Headers of a member who acts in a workspace. */
export const inWorkspace = ({ cookie }: Admin, workspace: string): Record<string, string> => ({
  cookie,
  "parlor-workspace": workspace,
});
