import { HandOver, Invite, MemberChange, OwnProfile } from "../../protocol/team.ts";
import { demand } from "../../chat/permissions.ts";
import { invite, openInvitations, revokeInvitation } from "../../chat/team/invitations.ts";
import { changeMember, changeOwnProfile, handOver, removeMember } from "../../chat/team/member_changes.ts";
import { membersSeen, workspacesOf } from "../../chat/team/members_seen.ts";
import { bodyOf } from "../http/body.ts";
import { requirePasswordOf } from "./attempt.ts";
import { nothing, type PortalGroup } from "./portal_group.ts";

/** The members of a workspace, invitations to it, and the workspaces of an account. */
export const teamApi: PortalGroup = (service, { answer, answerAccount }) => {
  const { chat, origins } = service;

  answerAccount("get", "/workspaces", async (_, admin) => ({ workspaces: await workspacesOf(chat, admin) }));

  answer("get", "/members", async (_, __, who) => ({ ...await membersSeen(chat, who) }));
  answer("patch", "/members/me", async (c, _, who) => {
    return { member: await changeOwnProfile(chat, who, await bodyOf(c.req.raw, OwnProfile)) };
  });
  answer("patch", "/members/:id", async (c, _, who) => {
    demand(who, "members");
    const change = await bodyOf(c.req.raw, MemberChange);
    return { member: await changeMember(chat, who, c.req.param("id")!, change) };
  });
  answer("delete", "/members/:id", async (c, _, who) => {
    await removeMember(chat, who, c.req.param("id")!);
    return nothing();
  });

  answer("get", "/invitations", async (_, __, who) => ({ invitations: await openInvitations(chat, who) }));
  answer("post", "/invitations", async (c, _, who) => {
    demand(who, "members");
    const invitation = await invite(chat, who, await bodyOf(c.req.raw, Invite));
    // A fragment is never sent to a server, so the token reaches no log.
    const link = `${origins.own(c.req.raw)}/messages/join#${invitation.token}`;
    return c.json({ ...invitation, link }, 201);
  });
  answer("delete", "/invitations/:id", async (c, _, who) => {
    await revokeInvitation(chat, who, c.req.param("id")!);
    return nothing();
  });

  answer("post", "/owner", async (c, admin, who) => {
    demand(who, "secrets");
    const { id, password } = await bodyOf(c.req.raw, HandOver);
    await requirePasswordOf(service, { raw: c.req.raw, peer: c.env }, admin, { password });
    await handOver(chat, who, id);
    return nothing();
  });
};
