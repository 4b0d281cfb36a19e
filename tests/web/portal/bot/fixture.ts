import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { signUpMember } from "../../../harness/member.ts";
import type { Setting } from "../fixture.ts";
import type { TeamFixture } from "../team/team_fixture.ts";

const some = [
  {
    title: "How long does delivery take?",
    phrases: ["when will it arrive", "delivery time", "how many days until my lamp is here"],
    body: "Lamps leave our workshop within three working days. Delivery takes two days more.",
    locales: {
      es: { title: "¿Cuánto tarda el envío?", phrases: ["plazo de entrega"], body: "Unos cinco días." },
    },
    buttons: [{ label: "Track my order", do: { url: "https://lamps.example/track" } }],
  },
  {
    title: "Which bulb fits?",
    phrases: ["what bulb do I need", "E27 or E14"],
    body: "All our lamps take an E27 bulb of up to 60 watts.",
  },
  {
    title: "Can I send a lamp back?",
    phrases: ["return a lamp", "refund", "money back"],
    body: "Yes, within thirty days, in its box.",
  },
];

/** Three answers of asha's workspace. */
export const fill: NonNullable<Setting["before"]> = async ({ parlor, asha: { cookie } }) => {
  for (const answer of some) {
    assert.equal((await parlor.post("/messages/api/answers", answer, { cookie })).status, 201);
  }
};

/** A manager of asha's workspace. */
export const hire = async ({ parlor }: TeamFixture) =>
  await signUpMember(parlor, "asha", { username: "mina", role: "manager", name: "Mina" });

/** A screenshot, where a folder for them is named. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = Deno.env.get("PARLOR_PICTURES");
  if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(/\W+/g, "-")}.png` });
}
