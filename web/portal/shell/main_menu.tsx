import { useLocation } from "preact-iso/router";
import { Icon } from "../controls/icon.tsx";
import { Menu } from "../controls/menu.tsx";
import { useLive } from "../service/live_context.ts";
import type { MemberSeen } from "../service/team.ts";
import { botPath, inboxPath, reportsPath, settingsPath } from "./paths.ts";
import { prefer, type Preferences, preferences } from "../service/preferences.ts";
import { signOut } from "../service/session.ts";
import { actIn, workspaces } from "../service/workspace.ts";
import { say } from "../words/words.ts";

const languages: [tag: string, name: string][] = [["", ""], ["en", "English"], ["ar", "العربية"]];
const themes: Preferences["theme"][] = ["auto", "light", "dark"];

const mayReport = (you: MemberSeen | undefined) => you?.role === "owner" || you?.role === "manager";

/** Main menu: settings, reports, appearance, language, shortcuts, sign out. */
export function MainMenu({ showKeys }: { showKeys(): void }) {
  const { username, workspace, team } = useLive();
  const { route } = useLocation();
  const mine = workspaces.value ?? [];
  const change = (name: string) => {
    // The open conversation is of the workspace that is left.
    route(inboxPath);
    actIn(username, name);
  };
  const { theme, language } = preferences.value;
  return (
    <Menu icon="menu" label={say("menu")}>
      {(close) => (
        <>
          <p class="menu-note">{say("signed_in_as", { name: username })}</p>
          {mine.length > 1 && (
            <label class="menu-item">
              <Icon shape="open" /> {say("workspace")}
              <select value={workspace} onChange={({ currentTarget }) => change(currentTarget.value)}>
                {mine.map((one) => <option key={one.workspace} value={one.workspace}>{one.title}</option>)}
              </select>
            </label>
          )}
          <a class="menu-item" href={settingsPath()} onClick={close}>
            <Icon shape="settings" /> {say("settings")}
          </a>
          <a class="menu-item" href={botPath} onClick={close}>
            <Icon shape="bot" /> {say("chatbot")}
          </a>
          {mayReport(team.you.value) && (
            <a class="menu-item" href={reportsPath} onClick={close}>
              <Icon shape="chart" /> {say("reports")}
            </a>
          )}
          <label class="menu-item">
            <Icon shape="eye" /> {say("theme")}
            <select
              value={theme}
              onChange={({ currentTarget }) => prefer({ theme: currentTarget.value as Preferences["theme"] })}
            >
              {themes.map((one) => <option key={one} value={one}>{say(`theme_${one}`)}</option>)}
            </select>
          </label>
          <label class="menu-item">
            <Icon shape="globe" /> {say("language")}
            <select
              value={language}
              onChange={({ currentTarget }) => prefer({ language: currentTarget.value })}
            >
              {languages.map(([tag, name]) => (
                <option key={tag} value={tag}>{name || say("theme_auto")}</option>
              ))}
            </select>
          </label>
          <button type="button" class="menu-item" onClick={() => (close(), showKeys())}>
            <Icon shape="keyboard" /> {say("keys")}
          </button>
          <button type="button" class="menu-item" onClick={() => void signOut()}>
            <Icon shape="out" /> {say("sign_out")}
          </button>
        </>
      )}
    </Menu>
  );
}
