import assert from "node:assert/strict";
import { isAvailable } from "../../../chat/chatbots/availability.ts";
import { type Admin, Parlor, test } from "../../harness/parlor.ts";

const always = { time_zone: "UTC", ranges: [] };
/** Opening hours: today for at least one hour from the current hour; and on another day. */
const weekday = (at: number) => (new Date(at).getUTCDay() + 6) % 7 + 1;
const now = () => ({ time_zone: "UTC", ranges: [{ day: weekday(Date.now()), from: "00:00", to: "24:00" }] });
const notNow = () => ({
  time_zone: "UTC",
  ranges: [{ day: weekday(Date.now() + 2 * 86_400_000), from: "09:00", to: "10:00" }],
});

Deno.test("somebody is online who is here, has not said to be away, in business hours", () => {
  const at = new Date();
  for (
    const [away, business_hours, isHere, expected] of [
      [false, always, true, true],
      [false, always, false, false],
      [true, always, true, false],
      [false, now(), true, true],
      [false, notNow(), true, false],
    ] as const
  ) {
    const set = structuredClone({ away, business_hours }) as Parameters<typeof isAvailable>[0];
    assert.equal(isAvailable(set, isHere, at), expected, JSON.stringify({ ...set, isHere }));
  }
});

async function save(parlor: Parlor, { cookie }: Admin, patch: unknown): Promise<void> {
  const { status } = await parlor.post("/chatbot/api", patch, { cookie });
  assert.ok(status < 300, `${status}`);
}

test("visitors see nobody online outside of hours or while the admin is away, whatever is open", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const inbox = await parlor.inbox(asha);
  const vera = await parlor.chat(asha, crypto.randomUUID());
  assert.equal((await vera.next("welcome")).online, true);
  const changes = [[{ away: true }, false], [{ away: false }, true], [{ business_hours: notNow() }, false], [{
    business_hours: now(),
  }, true]] as const;
  for (const [patch, online] of changes) {
    await save(parlor, asha, patch);
    assert.deepEqual(await vera.next("presence"), { command: "presence", online });
    assert.equal((await parlor.visit(asha)).online, online);
    const other = await parlor.chat(asha, crypto.randomUUID());
    assert.equal((await other.next("welcome")).online, online);
  }
  inbox.close();
  assert.equal((await vera.next("presence")).online, false);
});

test("when business hours end visitors are told", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  await save(parlor, asha, { business_hours: now() });
  await parlor.inbox(asha);
  const vera = await parlor.chat(asha, crypto.randomUUID());
  assert.equal((await vera.next("welcome")).online, true);
  const real = Date.now;
  try {
    Date.now = () => real() + 86_400_000;
    assert.equal((await vera.next("presence")).online, false);
    Date.now = real;
    assert.equal((await vera.next("presence")).online, true);
  } finally {
    Date.now = real;
  }
});
