import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Message } from "../../../protocol/records.ts";
import { ErrorBoundary } from "../controls/error_boundary.tsx";
import { lazy } from "../controls/lazy.tsx";
import { applyTheme } from "./apply_theme.ts";
import { InboxColumn } from "../inbox/inbox_column.tsx";
import type { RoomView } from "../inbox/room_view.ts";
import { palette } from "../desk/palette_state.ts";
import { ToastLine } from "../desk/toast_line.tsx";
import { isNarrow } from "./layout.ts";
import { useKeptFocus } from "./keep_focus.ts";
import { useKeys } from "./use_keys.ts";
import { Live } from "../service/live.ts";
import { LiveProvider } from "../service/live_context.ts";
import { nameOf } from "../words/names.ts";
import { showBadge } from "../notifications/badge.ts";
import { Notifier } from "../notifications/notifier.ts";
import { parseRoute, type Route } from "./paths.ts";
import { Rail, Today } from "../rail/team_lazy.tsx";
import { NotFoundPage } from "./not_found.tsx";
import { preferences } from "../service/preferences.ts";
import { actIn, isMine, loadWorkspaces, workspace, workspaces } from "../service/workspace.ts";
import { confirmSession, session, signedOut } from "../service/session.ts";
import { RoomPage } from "./room_page.tsx";
import { say } from "../words/words.ts";

const KeysHelp = lazy(async () => (await import("./keys_help.tsx")).KeysHelp);
const SearchPage = lazy(async () => (await import("../search/search_page.tsx")).SearchPage);
const Palettes = lazy(async () => (await import("../desk/palettes.tsx")).Palettes);
const FirstSteps = lazy(async () => (await import("./first_steps.tsx")).FirstSteps);
const ReportsPage = lazy(async () => (await import("../reports/reports_page.tsx")).ReportsPage);
const BotPage = lazy(async () => (await import("../bot/bot_page.tsx")).BotPage);
const SettingsRoute = lazy(async () => (await import("./settings_route.tsx")).SettingsRoute);

interface ShellProps {
  /** The account's. */
  username: string;
  workspace: string;
  hasEntered: boolean;
}

/** The portal of a signed-in admin, in one workspace. */
export function Shell({ username, workspace: name, hasEntered }: ShellProps) {
  const live = useMemo(() => new Live(username, name), [username, name]);
  const { path, query, route } = useLocation();
  const page = parseRoute(path, query);
  const [keysShown, showKeys] = useState(false);
  const hasHeard = useSignal(false), said = useSignal<readonly string[]>([]);
  const selected = page.kind === "thread" ? page.consumer : undefined;
  // In a layout effect, as the shortcuts below: a key pressed right after a room was opened applies to that room.
  useLayoutEffect(() => {
    live.inbox.selected.value = selected;
    live.mode.value = "reply";
  }, [selected]);
  const box = page.kind === "inbox" ? page.box : undefined;
  useLayoutEffect(() => {
    if (box) live.inbox.show(box);
  }, [box]);
  // What was picked in one list is not what is seen in another.
  useEffect(() => live.picked.clear(), [live.inbox.tab.value]);

  const notifier = useMemo(
    () => new Notifier({ shown: () => live.inbox.selected.value, go: (path) => route(path) }),
    [live],
  );
  useEffect(() => {
    void applyTheme().then((chatbot) => live.chatbot.value ??= chatbot);
    live.inbox.onMessage = (message, view) => {
      if (message.side === "visitor") {
        hasHeard.value = true;
        if (view.consumer === live.inbox.selected.value) tell(said, message, view);
      }
      notifier.message(message, view);
    };
    live.start();
    return () => (live.stop(), notifier.stop());
  }, [live]);
  useEffect(() => {
    if (live.refused.value !== undefined) void leaveRefused(username);
  }, [live.refused.value]);
  useEffect(() => {
    if (live.isStranger.value) void confirmSession();
  }, [live.isStranger.value]);

  const unread = useComputed(() => live.inbox.counts.value?.unread ?? 0);
  const title = useSignal("");
  title.value = titleOf(page, live);
  useEffect(() => showBadge(unread, title), []);
  useEffect(() => {
    const heard = ({ data }: MessageEvent) => typeof data?.go === "string" && route(data.go);
    navigator.serviceWorker?.addEventListener("message", heard);
    return () => navigator.serviceWorker?.removeEventListener("message", heard);
  }, []);
  useLinkedWorkspace(username, { path, query, route });
  useKeys(live, { page, route, showKeys: () => showKeys(true) });

  const isNew = useIsNew(live, page), isReady = live.inbox.counts.value !== undefined;
  useEffect(() => {
    // A key should not have to wait for what it opens.
    if (isReady) { for (const part of [SearchPage, Palettes]) part.preload(); }
  }, [isReady]);
  useKeptFocus({ page, isReady, hasEntered });
  const hasList = !["settings", "reports", "bot"].includes(page.kind);
  return (
    <LiveProvider value={live}>
      <a class="skip" href="#main">{say("skip")}</a>
      <div
        class={`shell at-${page.kind} ${preferences.value.panelClosed ? "no-panel" : ""} ${
          live.team.isShared.value ? "is-shared" : ""
        } ${live.picked.rooms.value.size > 0 ? "is-picking" : ""}`}
      >
        {hasList && live.team.isShared.value && (
          <Rail showKeys={() => showKeys(true)} isShown={page.kind === "inbox" || page.kind === "thread"} />
        )}
        {hasList && (
          <InboxColumn
            hasHeard={hasHeard}
            isMain={isNarrow.value && page.kind === "inbox" && !isNew}
            showKeys={() => showKeys(true)}
          />
        )}
        <ErrorBoundary about={path}>
          {page.kind === "inbox" && (isNew
            ? (
              <main class="middle">
                <FirstSteps />
              </main>
            )
            : live.team.isShared.value
            ? <Today />
            : <Choose />)}
          {page.kind === "thread" && <RoomPage {...page} />}
          {page.kind === "search" && <SearchPage q={page.q} />}
          {page.kind === "reports" && <ReportsPage />}
          {page.kind === "bot" && <BotPage {...page} go={route} />}
          {page.kind === "settings" && (
            <SettingsRoute
              username={username}
              workspace={name}
              section={page.section}
              go={route}
              tryOut={() => notifier.tryOut()}
            />
          )}
          {page.kind === "unknown" && <NotFoundPage />}
        </ErrorBoundary>
      </div>
      <Announcer said={said} />
      <ToastLine />
      {palette.value && <Palettes />}
      {keysShown && <KeysHelp close={() => showKeys(false)} />}
    </LiveProvider>
  );
}

/** Follows a link of another workspace: `?workspace=NAME`, which then disappears from the address. */
function useLinkedWorkspace(account: string, { path, query, route }: {
  path: string;
  query: Record<string, string>;
  route(path: string, isReplaced: boolean): void;
}): void {
  const { workspace: linked, ...rest } = query;
  useEffect(() => {
    if (linked === undefined || workspaces.value === undefined) return;
    if (linked !== workspace.value && isMine(linked)) return actIn(account, linked);
    const kept = new URLSearchParams(rest).toString();
    route(kept ? `${path}?${kept}` : path, true);
  }, [linked, workspaces.value]);
}

/** The socket was closed for good: the session has ended, or the account is no longer a member of the workspace. */
async function leaveRefused(account: string): Promise<void> {
  const before = workspace.value;
  await confirmSession();
  if (session.value.state !== "in") return;
  await loadWorkspaces(account).catch(() => {});
  if (workspaces.value === undefined || isMine(before!)) signedOut();
}

/** Live region for screen readers: visitor's messages in the open conversation, each once. */
function Announcer({ said }: { said: ReadonlySignal<readonly string[]> }) {
  return (
    <div class="spoken" role="log" aria-live="polite">
      {said.value.map((text) => <p key={text}>{text}</p>)}
    </div>
  );
}

function tell(said: Signal<readonly string[]>, { content, seq }: Message, view: RoomView): void {
  const text = say("says", { name: nameOf(view), text: content });
  // Two equal texts are two messages.
  said.value = [...said.value.slice(-4), said.value.includes(text) ? `${text} (${seq})` : text];
}

/** No conversation yet; or the first has just begun, and the onboarding steps stay. */
function useIsNew(live: Live, page: Route): boolean {
  const counts = live.inbox.counts.value;
  const began = useRef(false);
  // Counts arrive a moment after the room they count.
  if (counts && counts.open + counts.resolved === 0 && !live.inbox.knowsAny) began.current = true;
  if (page.kind === "thread") began.current = false;
  return began.current;
}

function titleOf(page: Route, live: Live): string {
  if (page.kind === "search") return say("search");
  if (page.kind === "settings") return say("settings");
  if (page.kind === "reports") return say("reports");
  if (page.kind === "bot") return say("chatbot");
  const view = page.kind === "thread" ? live.inbox.room(page.consumer).value : undefined;
  return view ? nameOf(view) : "";
}

function Choose() {
  return (
    <main class="middle notice-page" id="main" tabIndex={-1}>
      <h1>{say("choose_title")}</h1>
      <p>{say("choose_text")}</p>
    </main>
  );
}
