import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor, password } from "../../../harness/parlor.ts";
import { fieldWords } from "../../../../web/portal/words/field_words.ts";
import { strings as arabic } from "../../../../web/portal/words/strings_ar.ts";
import { strings } from "../../../../web/portal/words/strings.ts";
import { PortalDriver } from "../portal_driver.ts";
import { portalTest } from "../fixture.ts";

/** Values that the service rejects, by route; each for a different reason. */
const refused: [path: string, body: Record<string, unknown>][] = [
  ["/accounts/api/signup", {}],
  ["/accounts/api/signup", { username: "Ü", password: "short", email: "nobody" }],
  ["/accounts/api/signup", { username: "admin", password }],
  ["/accounts/api/signup", { username: "victor", password: "victor victor" }],
  ["/accounts/api/signup", { username: "victor", password: "password1" }],
  ["/accounts/api/signup", { username: "victor", password: "a1".repeat(9) }],
  ["/accounts/api/signup", { username: "victor", password: "1984-06-12" }],
  ["/accounts/api/signup", { username: "victor", password: "summer2026" }],
  ["/accounts/api/signup", { username: "victor", password: "\0".repeat(9) }],
  ["/accounts/api/signup", { username: "victor", password: "p".repeat(201) }],
  ["/accounts/api/signup", {
    username: "victor",
    password,
    email: `a@${"b".repeat(60)}.example`.padStart(300, "c"),
  }],
  ["/accounts/api/password", { password: "p".repeat(401), new_password: "short" }],
  ["/chatbot/api", { title: " ", subtitle: "s".repeat(161), greeting: "\0", accent: "red", locale: "-" }],
  ["/chatbot/api", { avatar_url: "http://shop.example", locale: "e".repeat(36), allowed_origins: ["shop"] }],
  ["/chatbot/api", { avatar_url: `https://shop.example/${"a".repeat(500)}` }],
  ["/chatbot/api", { allowed_origins: Array(101).fill("https://shop.example") }],
  ["/chatbot/api", { business_hours: { time_zone: "Mars", ranges: [{ day: 1, from: "9", to: "10" }] } }],
  ["/chatbot/api", { business_hours: { ranges: [{ day: 1, from: "10:00", to: "09:00" }] } }],
];

Deno.test("of each reason for which the service refuses a field the portal has words in both tables", async () => {
  await using parlor = await Parlor.start({ LOG_LEVEL: "error" });
  const { cookie } = await parlor.signUp("asha");
  const heard = new Set<string>();
  for (const [path, body] of refused) {
    const { error } = await (await parlor.post(path, body, { cookie })).json();
    assert.equal(error.code, "invalid_input", path);
    for (const said of Object.values<string>(error.fields)) heard.add(said);
  }
  for (const said of heard) {
    const known = fieldWords(said);
    assert.ok(known, said);
    const forms = Object.keys(strings).filter((word) =>
      word === known.word || word === `${known.word}_other`
    );
    assert.equal(forms.length, 1, said);
    assert.ok(arabic[forms[0] as keyof typeof arabic], said);
  }
  assert.ok(heard.size >= 18, [...heard].join("; "));
});

browserTest("in Arabic the door says in Arabic what is wrong with a field", async () => {
  await using parlor = await Parlor.start({ LOG_LEVEL: "error" });
  const context = await browse({ locale: "ar" });
  try {
    const { page } = await PortalDriver.at(context, parlor.address);
    await page.waitForSelector(".door-card");
    await page.getByRole("button", { name: "إنشاء حساب" }).first().click();
    await page.fill("[name=username]", "vi");
    await page.fill("[name=password]", "short");
    await page.fill("[name=email]", "nobody");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".problem");
    const problems = await page.$$eval(".problem", (all) => all.map(({ textContent }) => textContent));
    const eight = new Intl.NumberFormat("ar").format(8);
    assert.deepEqual(problems, [
      "من 3 إلى 32 من الأحرف \u2066a-z 0-9 _ -\u2069",
      `${eight} أحرف على الأقل`,
      "ليس عنوان بريد إلكتروني",
    ]);
  } finally {
    await context.close();
  }
});

portalTest("in Arabic the settings say in Arabic what is wrong with a field", async ({ driver }) => {
  const { page } = driver;
  await page.fill("#set-title", "  ");
  await page.fill("#set-subtitle", "s".repeat(161));
  await page.fill("#set-accent", "#12");
  await page.fill("#set-avatar_url", "http://shop.example/a.png");
  await page.locator(".set-bar .set-main").click();
  await page.waitForSelector("#set-title-problem");
  const problems = await page.$$eval(
    "p.set-problem[id]",
    (all) => Object.fromEntries(all.map(({ id, textContent }) => [id.split("-")[1], textContent])),
  );
  const many = new Intl.NumberFormat("ar").format(160);
  assert.deepEqual(problems, {
    title: "لا يمكن أن يكون فارغًا",
    subtitle: `${many} حرفًا على الأكثر`,
    accent: "لون بالصيغة \u2066#rrggbb\u2069",
    avatar_url: "عنوان يبدأ بـ \u2066https://\u2069",
  });
}, { path: "/settings/chatbot", browser: { locale: "ar" } });
