import { useLayoutEffect } from "preact/hooks";
import { markUnread, switchStatus } from "../desk/go_on.ts";
import { openPalette, type PaletteKind } from "../desk/palette_state.ts";
import { focusedRoom, toList, walk } from "../inbox/walk.ts";
import type { Live } from "../service/live.ts";
import { type Keys, listenToKeys } from "./keys.ts";
import { isNarrow } from "./layout.ts";
import { inboxPath, type Route, searchPath } from "./paths.ts";

interface KeysOptions {
  page: Route;
  route(path: string): void;
  showKeys(): void;
}

/** Keyboard shortcuts of the page. */
export function useKeys(live: Live, { page, route, showKeys }: KeysOptions): void {
  useLayoutEffect(() => {
    // Those pages ask before unsaved changes are left; a shortcut would not. The chatbot's tabs have keys of their own.
    const undo = () => live.desk.undo();
    if (page.kind === "settings" || page.kind === "bot") return listenToKeys({ "?": showKeys, z: undo });
    return listenToKeys({
      ...roomKeys(live, route),
      j: () => walk(live.inbox, 1),
      k: () => walk(live.inbox, -1),
      "/": () => {
        const box = document.querySelector<HTMLInputElement>(".search-box input");
        if (!box) return route(searchPath());
        box.focus();
        box.select();
      },
      "?": showKeys,
      Escape: () => {
        if (live.picked.rooms.value.size > 0) return live.picked.clear();
        if (page.kind === "inbox") return false;
        const isWriting = document.activeElement === input();
        // The list is beside the composer; on a phone it is a page of its own.
        if (!isWriting || page.kind !== "thread" || isNarrow.value) route(inboxPath);
        if (page.kind === "thread") toList(live.inbox);
      },
    });
  }, [live, page.kind]);
}

const input = () => document.querySelector<HTMLElement>(".composer textarea");

/** Keys about a room: the focused row's, else the open one; assign, label and snooze also about all picked rooms. */
function roomKeys(live: Live, route: (path: string) => void): Keys {
  const { inbox, picked } = live;
  const here = () => focusedRoom() ?? inbox.selected.value;
  const write = (mode: "reply" | "note") => () => {
    if (!input()) return false;
    live.mode.value = mode;
    input()!.focus();
  };
  const choose = (kind: PaletteKind) => () => {
    const consumer = here(), rooms = [...picked.rooms.value];
    const about = rooms.length > 0 ? rooms : consumer !== undefined ? [consumer] : [];
    if (about.length === 0 || !live.mayWrite.value) return false;
    openPalette(kind, about);
  };
  const withRoom = (act: (consumer: string) => void) => () => {
    const consumer = here();
    if (consumer === undefined || !inbox.room(consumer).value || !live.mayWrite.value) return false;
    act(consumer);
  };
  return {
    r: write("reply"),
    n: write("note"),
    a: () => live.team.isShared.value ? choose("assign")() : false,
    l: choose("label"),
    s: choose("snooze"),
    e: () => {
      const rooms = [...picked.rooms.value];
      if (rooms.length === 0) return withRoom((consumer) => void switchStatus(live, consumer, route))();
      void live.desk.resolve(rooms).then((isDone) => isDone && picked.clear());
    },
    u: withRoom((consumer) => markUnread(live, consumer, route)),
    x: () => {
      const consumer = here();
      if (consumer === undefined || !live.team.isShared.value) return false;
      picked.toggle(consumer);
    },
    z: () => live.desk.undo(),
  };
}
