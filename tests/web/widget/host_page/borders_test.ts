import assert from "node:assert/strict";
import { SignJWT } from "jose";
import type { BrowserContext, Frame } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { Site } from "../site.ts";
import { Answers, unlimited, Visit } from "../visit.ts";

async function atAshas(
  play: (fixture: { parlor: Parlor; asha: Admin; site: Site; context: BrowserContext }) => Promise<void>,
): Promise<void> {
  await using parlor = await Parlor.start(unlimited);
  const asha = await parlor.signUp("asha");
  await using site = Site.with(parlor, "asha");
  const context = await browse({ locale: "en-GB" });
  try {
    await play({ parlor, asha, site, context });
  } finally {
    await context.close();
  }
}

/** Simulates browsers that give third parties no storage. */
const blockThirdParties = () => {
  if (location.pathname !== "/widget/frame") return;
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
    Object.defineProperty(globalThis, name, {
      get() {
        throw new DOMException("Blocked for third parties", "SecurityError");
      },
    });
  }
  navigator.locks.request = () =>
    Promise.reject(new DOMException("Blocked for third parties", "SecurityError"));
};

browserTest(
  "on another site, with third-party storage blocked, a conversation outlives reload and navigation",
  () =>
    atAshas(async ({ parlor, site, context }) => {
      await context.addInitScript(blockThirdParties);
      const elsewhere = site.address.replace("127.0.0.1", "shop.localhost");
      const visit = await Visit.to(context, elsewhere);
      await visit.open();
      await visit.write("before the reload");
      await visit.shows((rows) => rows[1]?.state === "Sent");
      await visit.page.reload();
      await visit.open();
      await visit.shows((rows) => rows[1]?.text === "before the reload");
      await visit.page.goto(`${elsewhere}/further/on`);
      await visit.open();
      await visit.write("after it");
      await visit.shows((rows) => rows.length === 3 && rows[2]!.state === "Sent");
      assert.deepEqual(visit.errors, []);
      const frame = await visit.frame();
      assert.equal(new URL(frame.url()).origin, parlor.address);
      assert.deepEqual(await context.cookies(), [], "no cookie either");
    }),
);

browserTest(
  "the frame page says by itself who may show it, and what it may do",
  () =>
    atAshas(async ({ parlor, asha }) => {
      const policy = async (query = "") => {
        const answer = await parlor.fetch(`/widget/frame?admin=asha${query}`);
        assert.equal(answer.status, 200);
        const text = answer.headers.get("content-security-policy")!;
        return new Map(
          text.split("; ").map((rule) => [rule.split(" ")[0], rule.slice(rule.indexOf(" ") + 1)]),
        );
      };
      const open = await policy();
      assert.equal(open.get("default-src"), "'none'");
      assert.equal(open.get("frame-ancestors"), "*");
      assert.equal(open.get("require-trusted-types-for"), "'script'");
      assert.ok([...open.values()].every((sources) => !sources.includes("unsafe")));
      await parlor.post("/chatbot/api", {
        allowed_origins: ["https://shop.example", "http://localhost:3000"],
        avatar_url: "https://pictures.example/asha.png",
      }, { cookie: asha.cookie });
      const listed = await policy("&origin=https://shop.example");
      assert.equal(
        listed.get("frame-ancestors"),
        "'self' https://shop.example",
        "nobody reads the list in it",
      );
      assert.equal((await policy()).get("frame-ancestors"), "'self'");
      assert.equal(listed.get("img-src"), "'self' https://pictures.example");
      const asked = (origin: string) => parlor.fetch(`/widget/frame?admin=asha&origin=${origin}`);
      assert.equal((await asked("https://shop.example")).status, 200);
      assert.equal((await asked(parlor.address)).status, 200);
      const refused = await asked("https://mallory.example");
      assert.equal(refused.status, 403);
      assert.doesNotMatch(
        await refused.text(),
        /frame-|asha/,
        "a site that is not allowed hears that, and no more",
      );
      assert.doesNotMatch(refused.headers.get("content-security-policy")!, /unsafe|connect-src/);
      assert.equal((await parlor.fetch("/widget/frame?admin=nobody")).status, 404);
    }),
);

browserTest(
  "the loader is cached for minutes, what it is made of for good, each in the form the browser takes",
  () =>
    atAshas(async ({ parlor }) => {
      const ask = (path: string, headers: Record<string, string> = {}) => parlor.fetch(path, { headers });
      const loader = await ask("/widget.js", {
        "accept-encoding": "br, gzip",
        "origin": "https://shop.example",
      });
      assert.match(loader.headers.get("cache-control")!, /^public, max-age=300/);
      assert.match(loader.headers.get("vary")!, /accept-encoding/);
      assert.equal(loader.headers.get("cross-origin-resource-policy"), "cross-origin");
      const etag = loader.headers.get("etag")!;
      assert.equal((await ask("/widget.js", { "if-none-match": etag })).status, 304);
      const text = await loader.text();
      assert.equal(await (await ask("/widget.js", { "accept-encoding": "identity" })).text(), text);
      assert.equal(await (await ask("/widget.js", { "accept-encoding": "gzip" })).text(), text);
      const page = await (await ask("/widget/frame?admin=asha")).text();
      const script = /src="(\/assets\/frame-[\w-]+\.js)"/.exec(page)![1]!;
      assert.match((await ask(script)).headers.get("cache-control")!, /max-age=31536000, immutable/);
      assert.equal((await ask(script.replace(".js", "x.js"))).status, 404);
      assert.match(await (await ask("/widget.d.ts")).text(), /interface ParlorSettings/);
    }),
);

/** Posts a message to the frame from a window that is not its host. */
const forge = (frame: Frame, message: unknown, origin: string) =>
  frame.evaluate(
    ([message, origin]) =>
      dispatchEvent(new MessageEvent("message", { data: message, origin: origin as string, source: window })),
    [
      message,
      origin,
    ],
  );

browserTest(
  "neither side heeds a message of another origin, another window or another shape",
  () =>
    atAshas(async ({ parlor, site, context }) => {
      await context.addInitScript(() =>
        addEventListener("message", ({ source }) => Object.assign(globalThis, { chat: source }))
      );
      const visit = await Visit.to(context, site.address);
      const frame = await visit.open();
      const send = { parlor: "parlor.v1", type: "send", text: "forged" };
      await forge(frame, send, site.address);
      await forge(frame, send, "https://mallory.example");
      await visit.page.evaluate(([origin]) => {
        const post = (data: unknown) =>
          dispatchEvent(new MessageEvent("message", { data, origin, source: window }));
        post({ parlor: "parlor.v1", type: "keep", key: "forged", value: "x" });
        // The page can get a reference to the frame from the source of its messages.
        const frame = (globalThis as unknown as { chat: Window }).chat;
        for (
          const data of [null, 7, "text", {}, { parlor: "parlor.v1" }, { parlor: "parlor.v1", type: "send" }]
        ) {
          frame.postMessage(data, "*");
        }
        frame.postMessage({ parlor: "parlor.v1", type: "send", text: { toString: "no" } }, "*");
        frame.postMessage({ parlor: "parlor.v1", type: "init", stored: 5, settings: "x", open: "yes" }, "*");
        frame.postMessage({
          parlor: "parlor.v1",
          type: "settings",
          settings: { locale: {}, theme: 1, color: [] },
        }, "*");
      }, [parlor.address]);
      await visit.write("the real one");
      await visit.shows((rows) => rows.length === 2 && rows[1]!.text === "the real one");
      assert.equal((await visit.kept("asha")).forged, undefined);
      assert.deepEqual(visit.errors, []);
    }),
);

browserTest(
  "a page that shows the frame under a false name hears nothing of it",
  () =>
    atAshas(async ({ parlor, context }) => {
      await using mallory = new Site(
        `<script>window.heard = []; addEventListener("message", (event) => heard.push(event.data));</script>
       <iframe src="${parlor.address}/widget/frame?admin=asha&origin=https://shop.example"></iframe>`,
      );
      const visit = await Visit.to(context, mallory.address);
      await visit.page.waitForTimeout(1_000);
      // deno-lint-ignore no-explicit-any
      assert.deepEqual(await visit.page.evaluate(() => (globalThis as any).heard), []);
    }),
);

const vouch = (secret: string, sub: string, exp = "1h") =>
  new SignJWT({ sub, name: "Vera" }).setProtectedHeader({ alg: "HS256" }).setExpirationTime(exp)
    .sign(new TextEncoder().encode(secret));

browserTest(
  "a signed-in user finds the same conversation on another device, and leaves it by reset",
  () =>
    atAshas(async ({ parlor, asha, site, context }) => {
      const { secret } =
        await (await parlor.post("/chatbot/api/identity-secret", {}, { cookie: asha.cookie })).json();
      await parlor.post("/chatbot/api", { require_identity: true }, { cookie: asha.cookie });
      const identity = await vouch(secret, "user 7");
      const laptop = await Visit.to(context, site.address);
      await laptop.page.waitForFunction(() => "parlor" in globalThis);
      await laptop.parlor("identify", { token: identity });
      await laptop.open();
      await laptop.write("from my laptop");
      await laptop.shows((rows) => rows[1]?.state === "Sent");

      const pocket = await browse({ viewport: { width: 390, height: 844 } });
      const phone = await Visit.to(pocket, site.address);
      await phone.page.waitForFunction(() => "parlor" in globalThis);
      await phone.parlor("identify", { token: await vouch(secret, "user 7") });
      await phone.open();
      await phone.shows((rows) => rows[1]?.text === "from my laptop");
      const answers = await Answers.of(parlor, asha);
      answers.write(await phone.consumer("asha"), "seen on both");
      for (const device of [laptop, phone]) await device.shows((rows) => rows[2]?.text === "seen on both");

      const error = phone.page.evaluate(() =>
        new Promise((heard) =>
          addEventListener("parlor:error", (event) => heard((event as CustomEvent).detail))
        )
      );
      await phone.parlor("reset");
      await (await phone.frame()).waitForSelector("text=Please sign in on this site to chat.");
      assert.equal((await error as { code: string }).code, "identity_required");
      assert.deepEqual(await phone.kept("asha"), {});
      await pocket.close();
    }),
);

browserTest(
  "an identity that is not good is refused, with the reason for the page and no other identity in its place",
  () =>
    atAshas(async ({ parlor, asha, site, context }) => {
      const { secret } =
        await (await parlor.post("/chatbot/api/identity-secret", {}, { cookie: asha.cookie })).json();
      const visit = await Visit.to(context, site.address);
      await visit.open();
      for (
        const [token, says] of [
          [await vouch("mallory has no secret of this length, at all", "7"), /not signed with/],
          [await vouch(secret, "7", "-1h"), /expired/],
        ] as const
      ) {
        const error = visit.page.evaluate(() =>
          new Promise((heard) =>
            addEventListener("parlor:error", (event) => heard((event as CustomEvent).detail))
          )
        ) as Promise<{ code: string; message: string }>;
        await visit.parlor("identify", { token });
        await (await visit.frame()).waitForSelector("text=We could not check who you are.");
        assert.equal((await error).code, "identity_refused");
        assert.match((await error).message, says);
        assert.equal(await (await visit.frame()).isVisible("textarea"), false);
      }
      await visit.parlor("identify", { token: await vouch(secret, "7") });
      await visit.writable();
    }),
);

browserTest(
  "a guessable id on the test page belongs to the first browser that opened it",
  () =>
    atAshas(async ({ parlor, context }) => {
      const visit = await Visit.to(context, `${parlor.address}/chatbot/asha/1234`);
      await visit.write("as 1234");
      await visit.shows((rows) => rows[1]?.state === "Sent");
      assert.match(
        await visit.page.textContent("pre") ?? "",
        /<script async src=.*data-admin="asha"><\/script>/,
      );
      await visit.page.reload();
      await visit.shows((rows) => rows[1]?.text === "as 1234");
      await visit.page.goto(`${parlor.address}/chatbot/asha/1235`);
      await visit.writable();
      assert.deepEqual(
        await visit.texts(),
        ["Hi! How can we help?"],
        "each id has a conversation of its own",
      );
      const other = await browse();
      const page = await other.newPage();
      const answer = await page.goto(`${parlor.address}/chatbot/asha/1234`);
      assert.equal(answer?.status(), 403);
      assert.match(await page.textContent("h1") ?? "", /Another browser/);
      await other.close();
      assert.deepEqual(visit.errors, []);
    }),
);
