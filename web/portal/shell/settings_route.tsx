import { addStyle } from "../controls/add_style.ts";
import { Icon } from "../controls/icon.tsx";
import { useNotificationChannels } from "../notifications/notification_channels.ts";
import { inboxPath } from "./paths.ts";
import { accountDeleted, hasSignedOut } from "../service/session.ts";
import { SettingsPage } from "../settings/settings_page.tsx";
import { say } from "../words/words.ts";
import style from "./settings_route.css" with { type: "text" };

addStyle(style);

interface SettingsPlaceProps {
  username: string;
  workspace: string;
  section?: string;
  go(path: string): void;
  /** Plays the notification sound once. */
  tryOut(): void;
}

/** The settings page, with a link back. */
export function SettingsRoute({ username, workspace, section, go, tryOut }: SettingsPlaceProps) {
  const notifications = useNotificationChannels(tryOut);
  return (
    <main class="settings-place" id="main" tabIndex={-1}>
      <a class="button quiet settings-back" href={inboxPath}>
        <Icon shape="back" /> {say("inbox")}
      </a>
      <SettingsPage
        session={{ username, workspace }}
        section={section}
        go={go}
        onSignedOut={hasSignedOut}
        onDeleted={accountDeleted}
        notifications={notifications}
      />
    </main>
  );
}
