import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { unlimited } from "../../widget/visit.ts";
import { PortalDriver } from "../portal_driver.ts";

/** A test of the sign-in page, on a service with asha's account. */
function doorTest(
  name: string,
  play: (driver: PortalDriver) => Promise<void>,
  env: Record<string, string> = {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error", ...env });
    if (env.SIGNUP !== "closed" && !env.CHALLENGE) await parlor.signUp("asha");
    const context = await browse({ locale: "en-GB" });
    try {
      const driver = await PortalDriver.at(context, parlor.address);
      await play(driver);
      assert.deepEqual(driver.errors, []);
    } finally {
      await context.close();
    }
  });
}

doorTest("a name that is taken is said beside the name, and what was typed stays", async ({ page }) => {
  await page.waitForSelector(".door-card");
  await page.getByRole("button", { name: "Create account" }).first().click();
  await page.fill("[name=username]", "asha");
  await page.fill("[name=password]", "another horse battery");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".problem >> text=This name is taken. Choose another one");
  await page.waitForSelector("[name=username][aria-invalid]:focus");
  assert.equal(await page.inputValue("[name=username]"), "asha");
  await page.fill("[name=username]", "bruno");
  await page.keyboard.press("Enter");
  await page.waitForSelector("text=Welcome, bruno");
});

doorTest("wrong credentials are called so, and too many of them say how long to wait", async (driver) => {
  for (let attempt = 0; attempt < 3; attempt++) {
    await driver.enter("asha", { secret: "not her password" });
    await driver.page.waitForSelector("[role=alert] >> text=Wrong name or password");
  }
  await driver.enter("asha", { secret: "not her password" });
  await driver.page.waitForSelector("[role=alert] >> text=/Too many attempts. Try again in \\d+ seconds?/");
}, { LIMIT_LOGINS: "3/900" });

doorTest("where sign-up is closed the door says so", async (driver) => {
  await driver.enter("asha", { isNew: true });
  await driver.page.waitForSelector("text=Sign-up is closed on this service");
}, { SIGNUP: "closed" });

doorTest("where strangers have to prove work the browser does it, and says so", async (driver) => {
  const { page } = driver;
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver(() => said.push(document.querySelector(".entry [role=status]")?.textContent ?? ""))
      .observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await driver.enter("bruno", { isNew: true });
  await page.waitForSelector("text=Welcome, bruno");
  const said: string[] = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  assert.ok(said.some((text) => /Checking that you are no robot.*\d+\s?%/.test(text)), said.join("|"));
}, { CHALLENGE: "12" });

doorTest("while work is proved the page is let to everything else", async (driver) => {
  const { page } = driver;
  await page.evaluate(() => {
    const ticks: number[] = [];
    Object.assign(globalThis, { ticks });
    setInterval(() => ticks.push(performance.now()), 4);
  });
  await driver.enter("bruno", { isNew: true });
  await page.waitForSelector("text=Welcome, bruno", { timeout: 60_000 });
  const { ms, ticks } = await page.evaluate(() => {
    const calls = performance.getEntriesByType("resource").filter(({ name }) =>
      name.endsWith("/accounts/api/signup")
    );
    const [from, to] = [(calls[0] as PerformanceResourceTiming).responseEnd, calls[1]!.startTime];
    const { ticks } = globalThis as unknown as { ticks: number[] };
    return { ms: to - from, ticks: ticks.filter((at) => at > from && at < to).length };
  });
  assert.ok(ticks >= Math.floor(ms / 100), `${ticks} turns of the page in ${ms} ms`);
}, { CHALLENGE: "16" });

doorTest("a name with a space after it signs in", async (driver) => {
  await driver.enter("asha ");
  await driver.page.waitForSelector(".shell");
});

browserTest("a refusal is said in the service's words, and never blamed on the connection", async () => {
  await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
  await parlor.signUp("asha");
  // As nginx does without `proxy_set_header Host`: the service sees its own address as the portal's.
  const { hostname, port } = new URL(parlor.address);
  await using proxy = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.delete("host");
    if (!headers.has("origin") && pathname.includes("/api/")) {
      headers.set("origin", `http://127.0.0.1:${(proxy.addr as Deno.NetAddr).port}`);
    }
    const body = request.body ? await request.text() : undefined;
    const answer = await fetch(`http://${hostname}:${port}${pathname}${search}`, {
      ...{ method: request.method, headers, body },
    });
    const kept = new Headers(answer.headers);
    for (const name of ["content-encoding", "content-length", "transfer-encoding"]) kept.delete(name);
    return new Response(await answer.text(), { status: answer.status, headers: kept });
  });
  const context = await browse({ locale: "en-GB" });
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(proxy.addr as Deno.NetAddr).port}/messages`);
    const said = page.locator("[role=alert]");
    await said.waitFor();
    const { error } = await (await parlor.fetch("/accounts/api/me", {
      headers: { origin: "http://elsewhere.example" },
    })).json();
    assert.ok((await said.textContent())!.includes(error.message), await said.textContent() ?? "");
    assert.doesNotMatch(await said.textContent() ?? "", /connection/);
  } finally {
    await context.close();
  }
});
