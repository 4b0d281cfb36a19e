import assert from "node:assert/strict";
import type { Frame } from "../../harness/client.ts";
import { Parlor, test } from "../../harness/parlor.ts";
import { hire, inboxOf } from "../../harness/hire.ts";

test("visitors see somebody online while one who may answer is here and available", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_");
  const olga = await hire(parlor, asha, "olga", { role: "observer" });
  await inboxOf(parlor, "asha", olga);
  const vera = await parlor.chat(asha, crypto.randomUUID());
  assert.equal((await vera.next("welcome")).online, false, "an observer does not answer");

  const inbox = await inboxOf(parlor, "asha", ben);
  assert.equal((await vera.next("presence")).online, true);
  const hers = await inboxOf(parlor, "asha", asha);
  inbox.send({ command: "availability", value: "away" });
  await hers.until(() =>
    hers.frames.some(({ member }) => member?.id === ben.id && member.availability === "away" && member.online)
  );
  hers.send({ command: "availability", value: "off" });
  assert.equal((await vera.next("presence")).online, false);
  assert.equal((await parlor.visit(asha)).online, false);
  inbox.send({ command: "availability", value: "here" });
  assert.equal((await vera.next("presence")).online, true);
  await parlor.post("/chatbot/api", { away: true }, { cookie: asha.cookie });
  assert.equal((await vera.next("presence")).online, false, "the workspace is away");
});

test("members see who comes and leaves; a sign-in name only who manages members", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_"), cleo = await hire(parlor, asha, "cleo");
  const { you } = await (await inboxOf(parlor, "asha", ben)).next("welcome");
  assert.deepEqual(you, { kind: "admin", name: "asha", id: ben.id, role: "agent" });
  const hers = await inboxOf(parlor, "asha", asha), his = await inboxOf(parlor, "asha", ben);
  const third = await inboxOf(parlor, "asha", cleo);
  const about = async (inbox: typeof hers, online: boolean) => {
    const isIt = ({ command, member }: Frame) =>
      command === "member_updated" && member.id === cleo.id && member.online === online;
    await inbox.until(() => inbox.frames.some(isIt));
    return inbox.frames.find(isIt)!.member;
  };
  assert.equal((await about(hers, true)).username, "cleo");
  const seen = await about(his, true);
  assert.deepEqual([seen.name, "username" in seen], ["cleo", false]);
  third.close();
  assert.equal((await about(his, false)).online, false);
  const { members } =
    await (await parlor.fetch("/messages/api/members", { headers: { cookie: asha.cookie } }))
      .json();
  const online = members.map((member: { id: string; online: boolean }) => [member.id, member.online]);
  assert.deepEqual(new Map(online).get(cleo.id), false);
  assert.deepEqual(new Map(online).get(ben.id), true);
});
