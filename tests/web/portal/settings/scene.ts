import type { BrowserContextOptions, Page } from "playwright-core";
import { Keys } from "../keys.ts";
import { portalTest, type Scene, type Setting } from "../scene.ts";

export interface SettingsScene extends Scene {
  page: Page;
  settings: Settings;
}

/** Asha's settings as she works with them. */
export class Settings {
  constructor(readonly scene: Scene) {}

  get page(): Page {
    return this.scene.desk.page;
  }

  /** Goes to a section by its address; to the list of them without one. */
  async at(section: string): Promise<void> {
    await this.page.goto(`${this.scene.parlor.address}/messages/settings${section && `/${section}`}`);
    await this.isThere();
  }

  /** Waits until what a section shows has come. */
  async isThere(): Promise<void> {
    await this.page.waitForSelector("#set-heading", { state: "attached" });
    await this.page.waitForFunction(() => !document.querySelector(".set-page [aria-busy=true]"));
  }

  /** Goes to a section by the list. */
  async choose(name: string): Promise<void> {
    await this.page.locator(".set-contents").getByRole("link", { name }).click();
    await this.page.getByRole("heading", { level: 2, name }).waitFor();
  }

  press(name: string): Promise<void> {
    return this.page.getByRole("button", { name, exact: true }).click();
  }

  /** Picks one of a few that stand side by side. */
  pick(group: string, option: string): Promise<void> {
    return this.page.getByRole("radiogroup", { name: group }).getByRole("radio", { name: option }).check();
  }

  save(): Promise<void> {
    return this.page.locator(".set-bar").getByRole("button", { name: "Save" }).click();
  }

  /** Waits for what the bar says. */
  async says(text: string): Promise<void> {
    await this.page.locator(".set-bar p").getByText(text, { exact: true }).waitFor();
  }

  async saveAll(): Promise<void> {
    await this.save();
    await this.says("Saved");
  }

  /** The chatbot as the service has it. */
  // deno-lint-ignore no-explicit-any
  async saved(): Promise<any> {
    const { parlor, asha } = this.scene;
    return (await parlor.fetch("/chatbot/api", { headers: { cookie: asha.cookie } })).json();
  }

  /** What the page sends to save the chatbot from now on. */
  patches(): unknown[] {
    const patches: unknown[] = [];
    this.page.on("request", (request) => {
      if (request.url().endsWith("/chatbot/api") && request.method() === "POST") {
        patches.push(request.postDataJSON());
      }
    });
    return patches;
  }

  /** Waits until what has this id has the focus. */
  async focusIsAt(id: string): Promise<void> {
    await this.page.waitForFunction((id) => document.activeElement?.id === id, id);
  }
}

/** A test of a section of Asha's settings, in her portal. */
export function settingsTest(
  name: string,
  section: string,
  play: (scene: SettingsScene) => Promise<void>,
  browser: BrowserContextOptions = {},
  before?: Setting["before"],
): void {
  portalTest(name, async (scene) => {
    const settings = new Settings(scene);
    await settings.isThere();
    await play({ ...scene, settings, page: settings.page });
  }, { path: `/settings/${section}`, browser: { timezoneId: "Asia/Kolkata", ...browser }, before });
}

interface KeysScene extends SettingsScene {
  keys: Keys;
  saved: Settings["saved"];
  isPhone: boolean;
}

/** The same for whoever has a keyboard and nothing else, at a desk and on a phone; the focus is watched. */
export function keysTest(
  name: string,
  section: string,
  play: (scene: KeysScene) => Promise<void>,
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
      async (scene) => {
        const keys = await Keys.of(scene.page);
        await play({ ...scene, keys, saved: () => scene.settings.saved(), isPhone: width < 760 });
        await keys.nothingWasWrong();
      },
      browser,
      before,
    );
  }
}
