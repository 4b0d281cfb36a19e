import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { password } from "../../harness/parlor.ts";

export interface Row {
  side: "own" | "theirs";
  text: string;
  state: string;
}

export interface RoomSeen {
  name: string;
  last: string;
  unread: number;
  online: boolean;
}

/** An admin's browser tab with the portal. */
export class PortalDriver {
  /** Exceptions and CSP violations of the page. */
  readonly errors: string[] = [];

  private constructor(readonly page: Page, readonly address: string) {
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (line) => {
      if (/Content Security Policy|Trusted/i.test(line.text())) this.errors.push(line.text());
    });
  }

  /** Opens the portal at `/messages` or a path below it; in a new tab unless one is given. */
  static async at(context: BrowserContext, address: string, path = "", page?: Page): Promise<PortalDriver> {
    const driver = new PortalDriver(page ?? await context.newPage(), address);
    await driver.page.goto(`${address}/messages${path}`);
    return driver;
  }

  /** Opens the portal with a session cookie. */
  static async of(
    context: BrowserContext,
    address: string,
    { cookie }: { cookie: string },
    path = "",
    page?: Page,
  ): Promise<PortalDriver> {
    const [name, value] = cookie.split("=") as [string, string];
    await context.addCookies([{ name, value, url: address }]);
    const driver = await PortalDriver.at(context, address, path, page);
    await driver.page.waitForSelector(".shell");
    return driver;
  }

  async enter(username: string, { isNew = false, secret = password } = {}): Promise<void> {
    await this.page.waitForSelector(".door-card");
    if (isNew) await this.page.getByRole("button", { name: "Create account" }).first().click();
    await this.page.fill("[name=username]", username);
    await this.page.fill("[name=password]", secret);
    await this.page.keyboard.press("Enter");
  }

  /** The room list as displayed. */
  rooms(): Promise<RoomSeen[]> {
    return this.page.$$eval(".rooms a.room", (rows) =>
      rows.map((row) => ({
        name: row.querySelector(".room-name")?.textContent ?? "",
        last: row.querySelector(".room-last")?.textContent ?? "",
        unread: parseInt(row.querySelector(".count span")?.textContent ?? "0"),
        online: row.querySelector(".dot") !== null,
      })));
  }

  /** The numbers shown on the tabs, by tab. */
  async counts(): Promise<Record<string, number>> {
    const pairs = await this.page.$$eval("[role=tab]", (tabs) =>
      tabs.map((tab) => [
        (tab as HTMLElement).dataset.tab!,
        Number(tab.querySelector(".tab-count")!.textContent!.replace(/\D/g, "") || NaN),
      ]));
    return Object.fromEntries(pairs);
  }

  /** The displayed messages of the open conversation. */
  rows(): Promise<Row[]> {
    return this.page.$$eval(".thread-inner .row", (rows) =>
      rows.map((row) => ({
        side: row.classList.contains("own") ? "own" as const : "theirs" as const,
        text: [...row.querySelector(".bubble")!.childNodes]
          .filter((node) => !(node instanceof Element && node.classList.contains("tick")))
          .map((node) => node.textContent).join(""),
        state: row.querySelector(".tick")?.textContent ??
          (row.classList.contains("refused") ? "Not sent" : ""),
      })));
  }

  async texts(): Promise<string[]> {
    return (await this.rows()).map(({ text }) => text);
  }

  /** Opens the room whose row contains `text`. */
  async open(text: string): Promise<void> {
    await this.page.locator("a.room", { hasText: text }).first().click();
    await this.page.waitForSelector(".composer textarea");
  }

  async tab(name: string): Promise<void> {
    await this.page.locator(`[data-tab=${name}]`).click();
  }

  async write(text: string): Promise<void> {
    await this.page.fill(".composer textarea", text);
    await this.page.press(".composer textarea", "Enter");
  }

  /** Waits until the result of `look` passes `test`. */
  async until<T>(look: () => Promise<T>, test: (seen: T) => boolean, ms = 8_000): Promise<T> {
    const end = performance.now() + ms;
    for (;;) {
      const seen = await look();
      if (test(seen)) return seen;
      if (performance.now() > end) {
        assert.fail(`${test} is not so after ${ms} ms: ${JSON.stringify(seen).slice(-1_500)}`);
      }
      await this.page.waitForTimeout(30);
    }
  }

  shows(test: (rows: Row[]) => boolean, ms?: number): Promise<Row[]> {
    return this.until(() => this.rows(), test, ms);
  }

  lists(test: (rooms: RoomSeen[]) => boolean, ms?: number): Promise<RoomSeen[]> {
    return this.until(() => this.rooms(), test, ms);
  }

  async countsAre(expected: Record<string, number>, ms?: number): Promise<void> {
    await this.until(
      () => this.counts(),
      (counts) => Object.entries(expected).every(([tab, count]) => counts[tab] === count),
      ms,
    );
  }
}
