import assert from "node:assert/strict";
import type { BrowserContextOptions, Page } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import type { Client } from "../../../harness/client.ts";
import { signUpMember } from "../../../harness/member.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { unlimited } from "../../widget/visit.ts";
import { PortalDriver } from "../portal_driver.ts";

export interface TeamMember extends Admin {
  id: string;
}

export interface TeamFixture {
  parlor: Parlor;
  asha: Admin;
  maya: TeamMember;
  tom: TeamMember;
  /** A member's portal in asha's workspace, in a browser of its own. */
  portal(member: Admin, path?: string, opening?: Opening): Promise<PortalDriver>;
  /** A visitor's message to the workspace. */
  say(consumer: string, content: string): Promise<void>;
  /** A visitor's socket. */
  visitor(consumer: string): Promise<Client>;
  /** A call of the portal's API in asha's workspace; the answer must be of this status. */
  call<T = unknown>(member: Admin, route: string, body?: unknown, status?: number): Promise<T>;
}

export interface Opening extends BrowserContextOptions {
  /** Called with the page before it is opened. */
  prepare?(page: Page): Promise<void>;
}

export interface TeamSetting {
  /** Whether tom is an observer; else an agent. */
  isObserved?: boolean;
}

/** A test in Chromium with asha's workspace, which maya (an agent) and tom answer in too. */
export function teamTest(
  name: string,
  play: (fixture: TeamFixture) => Promise<void>,
  { isObserved = false }: TeamSetting = {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
    const asha = await parlor.signUp("asha");
    const maya = await signUpMember(parlor, "asha", { username: "maya", role: "agent", name: "Maya" });
    const role = isObserved ? "observer" : "agent";
    const tom = await signUpMember(parlor, "asha", { username: "tom", role, name: "Tom" });
    await using opened = new AsyncDisposableStack();
    const drivers: PortalDriver[] = [], sockets = new Map<string, Client>();
    const visitor = async (consumer: string) => {
      const socket = sockets.get(consumer) ?? await parlor.chat(asha, consumer);
      sockets.set(consumer, socket);
      return socket;
    };
    await play({
      ...{ parlor, asha, maya, tom, visitor },
      async portal(member, path = "", { prepare, ...browser } = {}) {
        const context = await browse({ locale: "en-GB", ...browser });
        opened.defer(() => context.close());
        const own = member.username === "asha" ? path : withWorkspace(path);
        const page = await context.newPage();
        await prepare?.(page);
        const driver = await PortalDriver.of(context, parlor.address, member, own, page);
        drivers.push(driver);
        await driver.page.waitForSelector(".shell.is-shared");
        return driver;
      },
      say: async (consumer, content) => void await (await visitor(consumer)).say(content),
      async call(member, route, body, status) {
        const [method, path] = route.split(" ") as [string, string];
        const response = await parlor.fetch(`/messages/api${path}`, {
          method,
          headers: {
            cookie: member.cookie,
            "parlor-workspace": "asha",
            ...body !== undefined && { "content-type": "application/json" },
          },
          ...body !== undefined && { body: JSON.stringify(body) },
        });
        const text = await response.text();
        if (status === undefined ? !response.ok : response.status !== status) {
          assert.fail(`${route} answered ${response.status}: ${text}`);
        }
        return text ? JSON.parse(text) : undefined;
      },
    });
    for (const { errors } of drivers) assert.deepEqual(errors, []);
  });
}

const withWorkspace = (path: string) => `${path}${path.includes("?") ? "&" : "?"}workspace=asha`;

/** What the rail shows beside a list's name. */
export const railCount = ({ page }: PortalDriver, tab: string): Promise<number> =>
  page.locator(`.rail [data-tab="${tab}"]`).evaluate((item) =>
    Number(item.querySelector(".view-count")?.textContent?.replace(/\D/g, "") ?? 0)
  );

/** Names of the listed rooms. */
export const namesIn = async (driver: PortalDriver): Promise<string[]> =>
  (await driver.rooms()).map(({ name }) => name);

/** Opens a list of the rail. */
export async function openList({ page }: PortalDriver, tab: string): Promise<void> {
  await page.locator(`.rail [data-tab="${tab}"]`).click();
  await page.waitForSelector(`.rail [data-tab="${tab}"][aria-current=page]`);
}

/** Presses a single key as a shortcut, outside of any field. */
export async function shortcut({ page }: PortalDriver, key: string): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press(key);
}

/** Chooses an entry of the open palette by typing. */
export async function choose({ page }: PortalDriver, words: string): Promise<void> {
  await page.waitForSelector(".palette input[role=combobox]");
  await page.locator(".palette input[role=combobox]").fill(words);
  await page.keyboard.press("Enter");
}

/** From `hold()` on a page hears of messages only once its own was refused, as over a slow connection. */
export async function holdMessages(page: Page): Promise<{ hold(): void }> {
  let isSlow = false;
  await page.routeWebSocket(/\/ws\/room\//, (client) => {
    const server = client.connectToServer();
    const held: string[] = [];
    server.onMessage((data) => {
      const { command, error } = JSON.parse(String(data));
      if (isSlow && command === "new_message") return void held.push(String(data));
      client.send(data);
      if (error?.code !== "overtaken") return;
      isSlow = false;
      for (const one of held.splice(0)) client.send(one);
    });
  });
  return { hold: () => void (isSlow = true) };
}
