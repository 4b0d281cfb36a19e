import assert from "node:assert/strict";
import { Outgoing } from "../../../chat/outgoing/outgoing.ts";
import { actIn } from "../../../chat/team/acting.ts";
import { memberOf } from "../../../chat/team/members.ts";
import { removeMember } from "../../../chat/team/member_changes.ts";
import { isDeno2_5 } from "../../harness/deno_2_5.ts";
import { testUnless } from "../../harness/test_unless.ts";
import { type Cast, withKnowledge } from "./knowledge_cast.ts";

const hindrance = isDeno2_5
  ? "node:http of Deno 2.5 sends nothing over a connection that it is given"
  : undefined;

type Pages = Record<string, string | (() => Response | Promise<Response>)>;

/** A site on this machine, which asha's chatbot may be on; its pages are read. */
async function withSite(
  pages: Pages,
  test: (cast: Cast & { origin: string; asked: string[] }) => Promise<void>,
) {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
    const { pathname, search } = new URL(url), page = pages[`${pathname}${search}`];
    asked.push(`${pathname}${search}`);
    if (page === undefined) return new Response("nothing", { status: 404 });
    return typeof page === "string"
      ? new Response(page, { headers: { "content-type": "text/html" } })
      : page();
  });
  const origin = `http://127.0.0.1:${server.addr.port}`;
  try {
    await withKnowledge(async (cast) => {
      const { chat } = cast.parlor.running.service;
      chat.outgoing = new Outgoing((address) => address === "127.0.0.1");
      const saved = await cast.parlor.fetch("/chatbot/api", {
        method: "POST",
        headers: { ...cast.ashaHeaders, "content-type": "application/json" },
        body: JSON.stringify({ allowed_origins: [origin] }),
      });
      assert.equal(saved.status, 201, await saved.text());
      await test({ ...cast, origin, asked });
    });
  } finally {
    await server.shutdown();
  }
}

const page = (title: string, text: string) =>
  `<title>${title}</title><main><h1>${title}</h1><p>${text}</main>`;

testUnless(
  hindrance,
  "pages of the own site become articles, follow them, and are undone as one change",
  async () => {
    const pages: Pages = {
      "/robots.txt": "User-agent: *\nDisallow: /private",
      "/sitemap.xml": () =>
        new Response(
          `<urlset>${
            ["/returns", "/private", "/gone", "/moved", "/returns#x"].map((path) =>
              `<url><loc>ORIGIN${path}</loc></url>`
            ).join("")
          }<url><loc>https://other.example/x</loc></url></urlset>`.replaceAll("ORIGIN", site),
        ),
      "/returns": page("Returns", "You have 30 days."),
      "/private": page("Private", "secret"),
      "/moved": () => Response.redirect(`${site}/new`, 301),
      "/new": page("New", "It is here."),
    };
    let site = "";
    await withSite(pages, async ({ asha, origin, asked }) => {
      site = origin;
      const { status, body } = await asha("POST", "/knowledge/pages", { sitemap: `${origin}/sitemap.xml` });
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual([body.read, body.articles, body.left], [2, 2, 0]);
      assert.deepEqual(
        body.refused.map(({ url, why }: Record<string, string>) => `${url!.replace(origin, "")} ${why}`)
          .sort(),
        [
          "/gone it answers 404",
          "/private robots.txt does not allow it",
          "https://other.example/x it is not of an allowed origin",
        ],
      );
      assert(!asked.includes("/private"));
      const { body: { articles } } = await asha("GET", "/articles");
      assert.deepEqual(
        articles.map(({ title, url, source }: Record<string, string>) => [title, url, source]),
        [["New", `${origin}/new`, "page"], ["Returns", `${origin}/returns`, "page"]],
      );
      const { body: returns } = await asha("GET", `/articles/${articles[1].id}`);
      assert.equal(returns.body, "# Returns\n\nYou have 30 days.");
      pages["/returns"] = page("Returns", "You have 60 days.");
      const again = await asha("POST", "/knowledge/pages", { urls: [`${origin}/returns`, `${origin}/new`] });
      assert.deepEqual([again.body.read, again.body.articles], [2, 1], "what is the same changes nothing");
      assert.match((await asha("GET", `/articles/${returns.id}`)).body.body, /60 days/);
      await asha("POST", "/knowledge/undo");
      assert.match((await asha("GET", `/articles/${returns.id}`)).body.body, /30 days/);
    });
  },
);

testUnless(
  hindrance,
  "pages are read of allowed origins alone, and without a reason nothing is",
  async () => {
    const pages: Pages = {
      "/away": () => Response.redirect("http://localhost/secret"),
      "/pdf": () => new Response("%PDF", { headers: { "content-type": "application/pdf" } }),
      "/empty": "<script>1</script>",
      "/large": () => new Response("x".repeat(3 * 1024 * 1024), { headers: { "content-type": "text/html" } }),
      "/deep": "<div>".repeat(2_000),
      "/latin": () =>
        new Response(Uint8Array.of(0x3c, 0x70, 0x3e, 0xe9), {
          headers: { "content-type": "text/html; charset=latin1" },
        }),
      "/long": page("L".repeat(300), "word ".repeat(20_000)),
      "/nul": "<title>a\0b</title><p>x\0y",
    };
    await withSite(pages, async ({ asha, ines, bruno, origin }) => {
      const { body } = await asha("POST", "/knowledge/pages", {
        urls: ["https://other.example/", ...Object.keys(pages).map((path) => `${origin}${path}`)],
      });
      assert.deepEqual(
        Object.fromEntries(
          body.refused.map(({ url, why }: Record<string, string>) => [url!.replace(origin, ""), why]),
        ),
        {
          "https://other.example/": "it is not of an allowed origin",
          "/away": "it redirects to another site",
          "/pdf": "it is no page of text",
          "/empty": "it has no text",
          "/large": "it is larger than 2048 KiB",
          "/deep": "its tags are nested too deeply",
        },
      );
      assert.equal(body.articles, 3);
      const { body: { articles } } = await asha("GET", "/articles");
      const texts = await Promise.all(
        articles.map(({ id }: { id: string }) => asha("GET", `/articles/${id}`)),
      );
      const byPath = Object.fromEntries(texts.map(({ body }) => [body.url.replace(origin, ""), body]));
      assert.equal(byPath["/latin"].body, "é");
      assert.equal(byPath["/long"].title.length, 120);
      assert(byPath["/long"].body.length > 50_000);
      assert.equal((await ines("POST", "/knowledge/pages", { urls: [`${origin}/latin`] })).status, 403);
      const none = await bruno("POST", "/knowledge/pages", { urls: [`${origin}/latin`] });
      assert.equal(none.status, 400, "bruno's chatbot has no allowed origins");
      assert.equal((await asha("POST", "/knowledge/pages", {})).status, 400);
    });
  },
);

testUnless(hindrance, "a site whose robots.txt fails is not read; one without is", async () => {
  const pages: Pages = { "/a": page("A", "text"), "/robots.txt": () => new Response("", { status: 503 }) };
  await withSite(pages, async ({ asha, origin, asked }) => {
    const { body } = await asha("POST", "/knowledge/pages", { urls: [`${origin}/a`] });
    assert.deepEqual(body.refused, [{ url: `${origin}/a`, why: "robots.txt: it answers 503" }]);
    assert.deepEqual(asked, ["/robots.txt"]);
    delete pages["/robots.txt"];
    assert.equal((await asha("POST", "/knowledge/pages", { urls: [`${origin}/a`] })).body.articles, 1);
  });
});

testUnless(
  hindrance,
  "who is removed while pages are read adds nothing more; another call waits its turn",
  async () => {
    const opened = Promise.withResolvers<void>(), let_go = Promise.withResolvers<void>();
    const pages: Pages = {
      "/a": async () => {
        opened.resolve();
        await let_go.promise;
        return new Response(page("A", "text"), { headers: { "content-type": "text/html" } });
      },
    };
    await withSite(pages, async ({ parlor, asha, mara, origin }) => {
      const reading = mara("POST", "/knowledge/pages", { urls: [`${origin}/a`] });
      await opened.promise;
      assert.equal((await asha("POST", "/knowledge/pages", { urls: [`${origin}/a`] })).status, 429);
      const { chat } = parlor.running.service;
      const { id: account } = (await chat.store.account("asha"))!;
      const owner = await actIn(chat, { username: "asha", account: account! }, "asha");
      await removeMember(chat, owner, (await memberOf(chat, "asha", "mara"))!.id);
      let_go.resolve();
      assert.equal((await reading).status, 403);
      assert.equal((await asha("GET", "/articles")).body.total, 0);
    });
  },
);

Deno.test("without anything injected, no page of this machine is read", async () => {
  await withSite({ "/a": page("A", "text") }, async ({ parlor, asha, origin, asked }) => {
    delete parlor.running.service.chat.outgoing;
    const { body } = await asha("POST", "/knowledge/pages", { urls: [`${origin}/a`] });
    assert.deepEqual(body.refused.map(({ why }: { why: string }) => why), [
      "robots.txt: its address is not public",
    ]);
    assert.deepEqual(asked, []);
  });
});
