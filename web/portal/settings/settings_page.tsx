import { addStyle } from "../controls/add_style.ts";
import { useEffect, useRef } from "preact/hooks";
import { useLive } from "../service/live_context.ts";
import type { Role } from "../service/workspace.ts";
import { Contents } from "./contents.tsx";
import { EditorContext, editorOf } from "./state/editor.ts";
import { EditedSection } from "./edited_section.tsx";
import { focusWrong } from "./focus_wrong.ts";
import { Icon, shapes } from "./controls/icon.tsx";
import { LeaveGuard } from "./leave_guard.tsx";
import type { Notifications } from "./sections/notifications_section.tsx";
import { SaveBar } from "./controls/save_bar.tsx";
import { addressOf, contentsAddress, mayOpen, sectionNamed } from "./section_list.ts";
import { say } from "./words/settings_words.ts";
import { useAttempt } from "./state/attempt.ts";
import { Failed, Waiting } from "./controls/loaded.tsx";
import style from "./settings.css" with { type: "text" };

addStyle(style);

export interface SettingsPageProps {
  /** The account, and the workspace it acts in. */
  session: { username: string; workspace: string };
  /** The section in the address; without one a phone shows the list of sections. */
  section?: string;
  go(path: string): void;
  onSignedOut(): void;
  /** The account was deleted. */
  onDeleted(): void;
  /** Notification channels of this browser, where known. */
  notifications?: Notifications;
}

/** `/messages/settings` and `/messages/settings/SECTION`. */
export function SettingsPage({ session, section, notifications, ...exits }: SettingsPageProps) {
  const editor = editorOf(session, exits);
  const role = useRole();
  const name = sectionNamed(section, role);
  const root = useRef<HTMLDivElement>(null);
  const { problem, attempt } = useAttempt();
  const load = () => void attempt(() => editor.draft.load());
  const isOpen = mayOpen(role, name);
  useEffect(load, [editor]);
  const isReady = editor.draft.now.value !== undefined;

  const shown = useRef(section);
  useEffect(() => {
    const left = shown.current;
    if (left === section) return;
    shown.current = section;
    if (!editor.isWrongDue) focusBeginning(left);
  }, [section]);
  void editor.draft.wrong.value;
  useEffect(() => {
    if (editor.isWrongDue && focusWrong(root.current!)) editor.isWrongDue = false;
  });

  return (
    <EditorContext.Provider value={editor}>
      <div class="set-page" data-at={section === undefined ? "contents" : "section"} ref={root}>
        <h1 class="spoken">{say("set_title_page")}</h1>
        <Contents present={name} role={role} />
        <div class="set-main-part">
          <a class="set-back" href={contentsAddress}>
            <Icon shape={shapes.back} />
            {say("set_title_page")}
          </a>
          {role !== undefined && !isOpen
            ? <NotForRole role={role} />
            : isReady && role !== undefined
            ? <EditedSection name={name} notifications={notifications} />
            : problem.value
            ? <Failed problem={problem.value} again={load} />
            : <Waiting />}
          {isOpen && <SaveBar present={name} />}
        </div>
        <LeaveGuard />
        <p class="spoken" role="status">{editor.said.value}</p>
      </div>
    </EditorContext.Provider>
  );
}

/** The role of this member; of the own workspace one is taken to be the owner until it is known. */
function useRole(): Role | undefined {
  const { team, workspace, username } = useLive();
  return team.you.value?.role ?? (workspace === username ? "owner" : undefined);
}

/** A section whose address was opened by somebody whose role does not allow it. */
function NotForRole({ role }: { role: Role }) {
  return (
    <section class="set-section" aria-labelledby="set-heading">
      <h2 id="set-heading" tabindex={-1}>{say("set_not_for_you")}</h2>
      <p class="set-intro" role="alert">{say("set_not_for_role", { role: say(`set_role_${role}`) })}</p>
    </section>
  );
}

/** Focuses the section's heading, or on a phone that shows the list, the section that was left. */
function focusBeginning(left: string | undefined): void {
  const heading = document.getElementById("set-heading");
  if (heading?.checkVisibility()) return heading.focus();
  document.querySelector<HTMLElement>(`.set-contents a[href="${addressOf(sectionNamed(left))}"]`)?.focus();
}
