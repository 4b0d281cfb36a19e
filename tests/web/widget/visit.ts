import assert from "node:assert/strict";
import type { BrowserContext, Frame, Page } from "playwright-core";
import type { Admin, Parlor } from "../../harness/parlor.ts";

/** Disables all limits, for tests of something else. */
export const unlimited = {
  LIMIT_MESSAGES_PER_ROOM: "off",
  LIMIT_MESSAGES_PER_ADDRESS: "off",
  LIMIT_FRAMES_PER_SOCKET: "off",
  LIMIT_ROOMS_PER_ADDRESS: "off",
  LIMIT_SESSIONS_PER_ADDRESS: "off",
  LIMIT_UPGRADES_PER_ADDRESS: "off",
};

export type Row = { side: "mine" | "theirs"; text: string; state: string };

/** A visitor's page with the widget. */
export class Visit {
  readonly errors: string[] = [];
  readonly console: string[] = [];

  private constructor(readonly page: Page) {
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (line) => this.console.push(`${line.type()}: ${line.text()}`));
  }

  /** Opens a page with the widget; in a new tab unless one is given. */
  static async to(context: BrowserContext, address: string, page?: Page): Promise<Visit> {
    const visit = new Visit(page ?? await context.newPage());
    await visit.page.goto(address);
    return visit;
  }

  /** Calls the SDK, as the page's own scripts do. */
  parlor(...call: unknown[]): Promise<unknown> {
    // deno-lint-ignore no-explicit-any
    return this.page.evaluate((call) => (globalThis as any).parlor(...call), call);
  }

  /** Opens the panel; resolves to the frame once its text field accepts input. */
  async open(): Promise<Frame> {
    await this.page.waitForFunction(() => "parlor" in globalThis);
    await this.parlor("open");
    return this.writable();
  }

  async writable(): Promise<Frame> {
    const frame = await this.frame();
    await frame.waitForSelector("textarea:visible");
    return frame;
  }

  async frame(): Promise<Frame> {
    const isChat = (frame: Frame) => frame.url().includes("/widget/frame");
    for (let i = 0; i < 200; i++) {
      const frame = this.page.frames().find(isChat);
      if (frame) return frame;
      await this.page.waitForTimeout(25);
    }
    throw new Error("The widget's frame was not loaded");
  }

  async write(text: string): Promise<void> {
    const frame = await this.writable();
    await frame.fill("textarea", text);
    await frame.press("textarea", "Enter");
  }

  /** The conversation as displayed. */
  async rows(): Promise<Row[]> {
    const frame = await this.frame();
    return frame.$$eval(".row", (rows) =>
      rows.map((row) => ({
        side: row.classList.contains("mine") ? "mine" as const : "theirs" as const,
        text: [...row.querySelector(".bubble")!.childNodes]
          .filter((node) => !(node instanceof Element && node.classList.contains("tick")))
          .map((node) => node.textContent).join(""),
        state: row.querySelector(".tick")?.textContent ?? (row.querySelector(".refused") ? "Not sent" : ""),
      })));
  }

  async texts(): Promise<string[]> {
    return (await this.rows()).map(({ text }) => text);
  }

  /** Waits until the displayed conversation passes `test`. */
  async shows(test: (rows: Row[]) => boolean, ms = 10_000): Promise<Row[]> {
    const end = performance.now() + ms;
    for (;;) {
      const rows = await this.rows();
      if (test(rows)) return rows;
      if (performance.now() > end) assert.fail(`${test} is not so: ${JSON.stringify(rows.slice(-8))}`);
      await this.page.waitForTimeout(30);
    }
  }

  /** Values that the host page stores, by the frame's names. */
  async kept(admin: string): Promise<Record<string, string>> {
    const all: Record<string, string> = await this.page.evaluate(() => ({ ...localStorage }));
    const prefix = `parlor:${admin}:`;
    return Object.fromEntries(
      Object.entries(all).filter(([key]) => key.startsWith(prefix)).map((
        [key, value],
      ) => [key.slice(prefix.length), value]),
    );
  }

  /** The visitor's id, once it has one. */
  async consumer(admin: string): Promise<string> {
    await this.page.waitForFunction((key) => localStorage.getItem(key) !== null, `parlor:${admin}:visitor`);
    return JSON.parse((await this.kept(admin)).visitor!).consumer;
  }
}

/** Asha's side, over a socket. */
export class Answers {
  #inbox: Awaited<ReturnType<Parlor["inbox"]>>;

  private constructor(inbox: Awaited<ReturnType<Parlor["inbox"]>>) {
    this.#inbox = inbox;
  }

  static async of(parlor: Parlor, admin: Admin): Promise<Answers> {
    return new Answers(await parlor.inbox(admin));
  }

  write(consumer: string, content: string, client_id: string = crypto.randomUUID()): void {
    this.#inbox.send({ command: "new_message", consumer, client_id, message: { content } });
  }

  send(frame: Record<string, unknown>): void {
    this.#inbox.send(frame);
  }

  close(): void {
    this.#inbox.close();
  }

  // deno-lint-ignore no-explicit-any
  next(command: string): Promise<any> {
    return this.#inbox.next(command);
  }
}
