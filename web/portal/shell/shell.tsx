import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Message } from "../../../protocol/records.ts";
import { Guard } from "../controls/guard.tsx";
import { later } from "../controls/later.tsx";
import { dress } from "./apply_theme.ts";
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
import { Herald } from "../notifications/notifier.ts";
import { inboxPath, type Place, placeOf, searchPath } from "./paths.ts";
import { Nothing } from "./not_found.tsx";
import { preferences } from "../service/preferences.ts";
import { confirmSession, signedOut } from "../service/session.ts";
import { RoomPlace } from "./room_page.tsx";
import { SearchPage } from "../search/search_page.tsx";
import { say } from "../words/words.ts";

const KeysHelp = later(async () => (await import("./keys_help.tsx")).KeysHelp);
const FirstSteps = later(async () => (await import("./first_steps.tsx")).FirstSteps);
const SettingsPlace = later(async () => (await import("./settings_route.tsx")).SettingsPlace);

/** Everything for who is signed in. */
export function Shell({ username, hasEntered }: { username: string; hasEntered: boolean }) {
  const live = useMemo(() => new Live(username), [username]);
  const { path, query, route } = useLocation();
  const place = placeOf(path, query);
  const [keysShown, showKeys] = useState(false);
  const hasHeard = useSignal(false), said = useSignal<readonly string[]>([]);
  const selected = place.kind === "thread" ? place.consumer : undefined;
  // At once, as the keys below: one that is pressed right after a room was opened is about that room.
  useLayoutEffect(() => void (live.inbox.selected.value = selected), [selected]);

  const herald = useMemo(
    () => new Herald({ shown: () => live.inbox.selected.value, go: (path) => route(path) }),
    [live],
  );
  useEffect(() => {
    void dress().then((chatbot) => live.chatbot.value ??= chatbot);
    live.inbox.onMessage = (message, view) => {
      if (message.side === "visitor") {
        hasHeard.value = true;
        if (view.consumer === live.inbox.selected.value) tell(said, message, view);
      }
      herald.message(message, view);
    };
    live.start();
    return () => (live.stop(), herald.stop());
  }, [live]);
  useEffect(() => {
    if (live.refused.value !== undefined) signedOut();
  }, [live.refused.value]);
  useEffect(() => {
    if (live.isStranger.value) void confirmSession();
  }, [live.isStranger.value]);

  const unread = useComputed(() => live.inbox.counts.value?.unread ?? 0);
  const title = useSignal("");
  title.value = titleOf(place, live);
  useEffect(() => showBadge(unread, title), []);
  useEffect(() => {
    const heard = ({ data }: MessageEvent) => typeof data?.go === "string" && route(data.go);
    navigator.serviceWorker?.addEventListener("message", heard);
    return () => navigator.serviceWorker?.removeEventListener("message", heard);
  }, []);
  useKeys(live, { place, route, showKeys: () => showKeys(true) });

  const isNew = useIsNew(live, place);
  useKeptFocus({ place, isReady: live.inbox.counts.value !== undefined, hasEntered });
  return (
    <LiveProvider value={live}>
      <a class="skip" href="#main">{say("skip")}</a>
      <div class={`shell at-${place.kind} ${preferences.value.panelClosed ? "no-panel" : ""}`}>
        {place.kind !== "settings" && (
          <InboxColumn
            hasHeard={hasHeard}
            isMain={isNarrow.value && place.kind === "inbox" && !isNew}
            showKeys={() => showKeys(true)}
          />
        )}
        <Guard about={path}>
          {place.kind === "inbox" && (isNew
            ? (
              <main class="middle">
                <FirstSteps />
              </main>
            )
            : <Choose />)}
          {place.kind === "thread" && <RoomPlace {...place} />}
          {place.kind === "search" && <SearchPage q={place.q} />}
          {place.kind === "settings" && (
            <SettingsPlace
              username={username}
              section={place.section}
              go={route}
              tryOut={() => herald.tryOut()}
            />
          )}
          {place.kind === "unknown" && <Nothing />}
        </Guard>
      </div>
      <Announcer said={said} />
      {keysShown && <KeysHelp close={() => showKeys(false)} />}
    </LiveProvider>
  );
}

/** For who listens to the page: what a visitor says in the conversation that is open, each message once. */
function Announcer({ said }: { said: ReadonlySignal<readonly string[]> }) {
  return (
    <div class="spoken" role="log" aria-live="polite">
      {said.value.map((text) => <p key={text}>{text}</p>)}
    </div>
  );
}

function tell(said: Signal<readonly string[]>, { content, seq }: Message, view: RoomView): void {
  const text = say("says", { name: nameOf(view), text: content });
  // The same words twice are two messages.
  said.value = [...said.value.slice(-4), said.value.includes(text) ? `${text} (${seq})` : text];
}

/** Nobody has written yet; or somebody just has, and the steps that led there still stand. */
function useIsNew(live: Live, place: Place): boolean {
  const counts = live.inbox.counts.value;
  const began = useRef(false);
  // Counts come a moment after the room they count.
  if (counts && counts.open + counts.resolved === 0 && !live.inbox.knowsAny) began.current = true;
  if (place.kind === "thread") began.current = false;
  return began.current;
}

function titleOf(place: Place, live: Live): string {
  if (place.kind === "search") return say("search");
  if (place.kind === "settings") return say("settings");
  const view = place.kind === "thread" ? live.inbox.room(place.consumer).value : undefined;
  return view ? nameOf(view) : "";
}

interface KeysOptions {
  place: Place;
  route(path: string): void;
  showKeys(): void;
}

function useKeys(live: Live, { place, route, showKeys }: KeysOptions): void {
  useLayoutEffect(() => {
    // The settings ask before they are left with something unsaved; a key would not.
    if (place.kind === "settings") return listenToKeys({ "?": showKeys });
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
        if (place.kind === "inbox") return false;
        const isWriting = document.activeElement === write();
        // Beside the composer stands the list; on a phone that is a place of its own.
        if (!isWriting || place.kind !== "thread" || isNarrow.value) route(inboxPath);
        if (place.kind === "thread") toList(inbox);
      },
    });
  }, [live, place.kind]);
}

function Choose() {
  return (
    <main class="middle notice-page" id="main" tabIndex={-1}>
      <h1>{say("choose_title")}</h1>
      <p>{say("choose_text")}</p>
    </main>
  );
}
