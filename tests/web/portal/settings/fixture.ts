import type { BrowserContextOptions, Page } from "playwright-core";
import { Keys } from "../keys.ts";
import { type PortalFixture, portalTest, type Setting } from "../fixture.ts";

export interface SettingsFixture extends PortalFixture {
  page: Page;
  settings: Settings;
}

/** Driver of Asha's settings pages. */
export class Settings {
  constructor(readonly fixture: PortalFixture) {}

  get page(): Page {
    return this.fixture.driver.page;
  }

  /** Opens a section by its URL; the list of sections if empty. */
  async at(section: string): Promise<void> {
    await this.page.goto(`${this.fixture.parlor.address}/messages/settings${section && `/${section}`}`);
    await this.isThere();
  }

  /** Waits until a section's content has loaded. */
  async isThere(): Promise<void> {
    await this.page.waitForSelector("#set-heading", { state: "attached" });
    await this.page.waitForFunction(() => !document.querySelector(".set-page [aria-busy=true]"));
  }

  /** Opens a section from the list. */
  async choose(name: string): Promise<void> {
    await this.page.locator(".set-contents").getByRole("link", { name }).click();
    await this.page.getByRole("heading", { level: 2, name }).waitFor();
  }

  press(name: string): Promise<void> {
    return this.page.getByRole("button", { name, exact: true }).click();
  }

  /** Selects an option of a segmented control. */
  pick(group: string, option: string): Promise<void> {
    return this.page.getByRole("radiogroup", { name: group }).getByRole("radio", { name: option }).check();
  }

  save(): Promise<void> {
    return this.page.locator(".set-bar").getByRole("button", { name: "Save" }).click();
  }

  /** Waits for a text in the save bar. */
  async says(text: string): Promise<void> {
    await this.page.locator(".set-bar p").getByText(text, { exact: true }).waitFor();
  }

  async saveAll(): Promise<void> {
    await this.save();
    await this.says("Saved");
  }

  /** The chatbot as stored by the service. */
  // deno-lint-ignore no-explicit-any
  async saved(): Promise<any> {
    const { parlor, asha } = this.fixture;
    return (await parlor.fetch("/chatbot/api", { headers: { cookie: asha.cookie } })).json();
  }

  /** Records the bodies with which the page saves the chatbot from now on. */
  patches(): unknown[] {
    const patches: unknown[] = [];
    this.page.on("request", (request) => {
      if (request.url().endsWith("/chatbot/api") && request.method() === "POST") {
        patches.push(request.postDataJSON());
      }
    });
    return patches;
  }

  /** Waits until the element with this id has the focus. */
  async focusIsAt(id: string): Promise<void> {
    await this.page.waitForFunction((id) => document.activeElement?.id === id, id);
  }
}

/** A test of a settings section in Asha's portal. */
export function settingsTest(
  name: string,
  section: string,
  play: (fixture: SettingsFixture) => Promise<void>,
  browser: BrowserContextOptions = {},
  before?: Setting["before"],
): void {
  portalTest(name, async (fixture) => {
    const settings = new Settings(fixture);
    await settings.isThere();
    await play({ ...fixture, settings, page: settings.page });
  }, { path: `/settings/${section}`, browser: { timezoneId: "Asia/Kolkata", ...browser }, before });
}

interface KeysFixture extends SettingsFixture {
  keys: Keys;
  saved: Settings["saved"];
  isPhone: boolean;
}

/** The same by keyboard only, at desktop width and on a phone; the focus is watched. */
export function keysTest(
  name: string,
  section: string,
  play: (fixture: KeysFixture) => Promise<void>,
  before?: Setting["before"],
): void {
  for (const width of [1280, 390]) {
    const browser = {
      viewport: { width, height: 844 },
      permissions: ["clipboard-read", "clipboard-write", "notifications"],
    };
    settingsTest(
      `${name}, ${width} px`,
      section,
      async (fixture) => {
        const keys = await Keys.of(fixture.page);
        await play({ ...fixture, keys, saved: () => fixture.settings.saved(), isPhone: width < 760 });
        await keys.nothingWasWrong();
      },
      browser,
      before,
    );
  }
}
