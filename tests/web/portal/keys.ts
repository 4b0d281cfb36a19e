import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { eventually } from "../../harness/eventually.ts";
import { type Watch, watchFocus } from "./watch_focus.ts";

/** More tab stops than any page of the portal has. */
const mostStops = 150;

/** A user with a keyboard only. Focus errors on the way are recorded in the page. */
export class Keys {
  private constructor(readonly page: Page) {}

  /** Starts to watch a page's focus. */
  static async of(page: Page): Promise<Keys> {
    await page.evaluate(watchFocus);
    return new Keys(page);
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** Replaces the text of the focused field. */
  async write(text: string): Promise<void> {
    await this.press("Control+A");
    await this.press("Backspace");
    await this.page.keyboard.type(text);
  }

  /** Presses Tab until the element with this role and name has the focus. */
  async to(role: string, name: string | RegExp, key = "Tab"): Promise<void> {
    const passed: string[] = [];
    for (let i = 0; i < mostStops; i++) {
      const here = await this.here();
      if (here && isNamed(here, role, name)) return;
      passed.push(`${here?.role} ${here?.name}`);
      await this.press(key);
    }
    assert.fail(`${key} never came to the ${role} ${name}, but to ${[...new Set(passed)].join("; ")}`);
  }

  async back(role: string, name: string | RegExp): Promise<void> {
    await this.to(role, name, "Shift+Tab");
  }

  /** Tabs to a button or link and presses Enter. */
  async enter(role: "button" | "link", name: string | RegExp): Promise<void> {
    await this.to(role, name);
    await this.press("Enter");
  }

  /** Tabs to a field and replaces its text. */
  async fill(name: string | RegExp, text: string): Promise<void> {
    await this.to("textbox", name);
    await this.write(text);
  }

  /** Waits until the element with this role and name has the focus. */
  async isAt(role: string, name: string | RegExp): Promise<void> {
    let here: Stop | undefined;
    for (const end = performance.now() + 8_000; performance.now() < end;) {
      here = await this.here();
      if (here && isNamed(here, role, name)) return;
      await this.page.waitForTimeout(30);
    }
    assert.fail(`the focus is not at the ${role} ${name}, but at ${JSON.stringify(here)}`);
  }

  /** Waits until any element has the focus. */
  async isSomewhere(): Promise<void> {
    await eventually(async () => await this.here() !== undefined);
  }

  /** Role and name of the focused element, as a screen reader announces them. */
  async here(): Promise<Stop | undefined> {
    if (!await this.page.evaluate(() => (globalThis as unknown as Watch).focusWatch.look())) return;
    return stopIn(await this.page.locator(":focus").ariaSnapshot({ timeout: 1_000 }).catch(() => ""));
  }

  /** Asserts that the focus was always visible, in order, and never lost. */
  async nothingWasWrong(): Promise<void> {
    const faults = await this.page.evaluate(() => (globalThis as unknown as Watch).focusWatch.faults);
    assert.deepEqual([...new Set(faults)], []);
  }
}

interface Stop {
  role: string;
  name: string;
}

function isNamed(stop: Stop, role: string, name: string | RegExp): boolean {
  return stop.role === role && (typeof name === "string" ? stop.name === name : name.test(stop.name));
}

/** Parses the first line of a snapshot: `- button "Save"`, or the same in quotes if it contains a colon. */
function stopIn(snapshot: string): Stop | undefined {
  const line = snapshot.split("\n")[0]!.replace(/^- /, "").replace(/^'(.*)'(:.*)?$/, "$1").replaceAll(
    "''",
    "'",
  );
  const [, role, name = ""] = /^([a-z]+)(?: "((?:[^"\\]|\\.)*)")?/.exec(line) ?? [];
  return role ? { role, name: name.replace(/\\(.)/g, "$1") } : undefined;
}
