import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Message } from "../../../protocol/records.ts";
import { ErrorBoundary } from "../controls/error_boundary.tsx";
import { lazy } from "../controls/lazy.tsx";
import { applyTheme } from "./apply_theme.ts";
import { InboxColumn } from "../inbox/inbox_column.tsx";
import type { RoomView } from "../inbox/room_view.ts";
import { focusedRoom, toList, walk } from "../inbox/walk.ts";
import { isNarrow } from "./layout.ts";
import { useKeptFocus } from "./keep_focus.ts";
import { listenToKeys } from "./keys.ts";
import { Live } from "../service/live.ts";
import { LiveProvider } from "../service/live_context.ts";
import { nameOf } from "../words/names.ts";
import { showBadge } from "../notifications/badge.ts";
import { Notifier } from "../notifications/notifier.ts";
import { inboxPath, parseRoute, type Route, searchPath } from "./paths.ts";
import { NotFoundPage } from "./not_found.tsx";
import { preferences } from "../service/preferences.ts";
import { actIn, isMine, loadWorkspaces, workspace, workspaces } from "../service/workspace.ts";
import { confirmSession, session, signedOut } from "../service/session.ts";
import { RoomPage } from "./room_page.tsx";
import { SearchPage } from "../search/search_page.tsx";
import { say } from "../words/words.ts";

const KeysHelp = lazy(async () => (await import("./keys_help.tsx")).KeysHelp);
const FirstSteps = lazy(async () => (await import("./first_steps.tsx")).FirstSteps);
const ReportsPage = lazy(async () => (await import("../reports/reports_page.tsx")).ReportsPage);
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
  useLayoutEffect(() => void (live.inbox.selected.value = selected), [selected]);

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

  const isNew = useIsNew(live, page);
  useKeptFocus({ page, isReady: live.inbox.counts.value !== undefined, hasEntered });
  return (
    <LiveProvider value={live}>
      <a class="skip" href="#main">{say("skip")}</a>
      <div class={`shell at-${page.kind} ${preferences.value.panelClosed ? "no-panel" : ""}`}>
        {page.kind !== "settings" && page.kind !== "reports" && (
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
            : <Choose />)}
          {page.kind === "thread" && <RoomPage {...page} />}
          {page.kind === "search" && <SearchPage q={page.q} />}
          {page.kind === "reports" && <ReportsPage />}
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
  if (workspace.value === before) signedOut();
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
  const view = page.kind === "thread" ? live.inbox.room(page.consumer).value : undefined;
  return view ? nameOf(view) : "";
}

interface KeysOptions {
  page: Route;
  route(path: string): void;
  showKeys(): void;
}

function useKeys(live: Live, { page, route, showKeys }: KeysOptions): void {
  useLayoutEffect(() => {
    // The settings ask before unsaved changes are left; a shortcut would not.
    if (page.kind === "settings") return listenToKeys({ "?": showKeys });
    const { inbox } = live;
    const write = () => document.querySelector<HTMLElement>(".composer textarea");
    return listenToKeys({
      j: () => walk(inbox, 1),
      k: () => walk(inbox, -1),
      r: () => {
        if (!write()) return false;
        write()!.focus();
      },
      e: () => {
        const consumer = focusedRoom() ?? inbox.selected.value;
        const view = consumer === undefined ? undefined : inbox.room(consumer).value;
        if (!view) return false;
        live.setStatus(view.consumer, view.status === "resolved" ? "open" : "resolved");
      },
      "/": () => {
        const box = document.querySelector<HTMLInputElement>(".search-box input");
        if (!box) return route(searchPath());
        box.focus();
        box.select();
      },
      "?": showKeys,
      Escape: () => {
        if (page.kind === "inbox") return false;
        const isWriting = document.activeElement === write();
        // The list is beside the composer; on a phone it is a page of its own.
        if (!isWriting || page.kind !== "thread" || isNarrow.value) route(inboxPath);
        if (page.kind === "thread") toList(inbox);
      },
    });
  }, [live, page.kind]);
}

function Choose() {
  return (
    <main class="middle notice-page" id="main" tabIndex={-1}>
      <h1>{say("choose_title")}</h1>
      <p>{say("choose_text")}</p>
    </main>
  );
}
