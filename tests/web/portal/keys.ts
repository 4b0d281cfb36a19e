import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { eventually } from "../../harness/eventually.ts";
import { type Watch, watchFocus } from "./watch_focus.ts";

/** More stops than any page of the portal has. */
const mostStops = 150;

/** Somebody who has a keyboard and nothing else. What the focus does wrong on the way is kept in the page. */
export class Keys {
  private constructor(readonly page: Page) {}

  /** Begins to watch the focus of a page. */
  static async of(page: Page): Promise<Keys> {
    await page.evaluate(watchFocus);
    return new Keys(page);
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** Writes over what stands in the field that has the focus. */
  async write(text: string): Promise<void> {
    await this.press("Control+A");
    await this.press("Backspace");
    await this.page.keyboard.type(text);
  }

  /** Presses Tab until what has this role and name has the focus. */
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

  /** Goes to a button or a link and presses Enter. */
  async enter(role: "button" | "link", name: string | RegExp): Promise<void> {
    await this.to(role, name);
    await this.press("Enter");
  }

  /** Goes to a field and writes over what stands in it. */
  async fill(name: string | RegExp, text: string): Promise<void> {
    await this.to("textbox", name);
    await this.write(text);
  }

  /** Waits until what has this role and name has the focus. */
  async isAt(role: string, name: string | RegExp): Promise<void> {
    let here: Stop | undefined;
    for (const end = performance.now() + 8_000; performance.now() < end;) {
      here = await this.here();
      if (here && isNamed(here, role, name)) return;
      await this.page.waitForTimeout(30);
    }
    assert.fail(`the focus is not at the ${role} ${name}, but at ${JSON.stringify(here)}`);
  }

  /** Waits until anything has the focus. */
  async isSomewhere(): Promise<void> {
    await eventually(async () => await this.here() !== undefined);
  }

  /** What has the focus, as a screen reader would say it. */
  async here(): Promise<Stop | undefined> {
    if (!await this.page.evaluate(() => (globalThis as unknown as Watch).focusWatch.look())) return;
    return stopIn(await this.page.locator(":focus").ariaSnapshot({ timeout: 1_000 }).catch(() => ""));
  }

  /** The focus was always to be seen, in order, and never lost. */
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

/** The first line of a snapshot: `- button "Save"`, or the same in quotes where it has a colon in it. */
function stopIn(snapshot: string): Stop | undefined {
  const line = snapshot.split("\n")[0]!.replace(/^- /, "").replace(/^'(.*)'(:.*)?$/, "$1").replaceAll(
    "''",
    "'",
  );
  const [, role, name = ""] = /^([a-z]+)(?: "((?:[^"\\]|\\.)*)")?/.exec(line) ?? [];
  return role ? { role, name: name.replace(/\\(.)/g, "$1") } : undefined;
}
