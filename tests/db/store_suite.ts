import type { Store } from "../../db/store.ts";
import { accounts } from "./promises/accounts.ts";
import { appends } from "./promises/appends.ts";
import { chatbots } from "./promises/chatbots.ts";
import { claims } from "./promises/claims.ts";
import { collections } from "./promises/collections.ts";
import { contents } from "./promises/contents.ts";
import { doubles } from "./promises/doubles.ts";
import { messagePages } from "./promises/message_pages.ts";
import { pageBytes } from "./promises/page_bytes.ts";
import { properties } from "./promises/properties.ts";
import { readMarks } from "./promises/read_marks.ts";
import { records } from "./promises/records.ts";
import { roomList } from "./promises/room_list.ts";
import { rooms } from "./promises/rooms.ts";
import { sessions } from "./promises/sessions.ts";
import { survival } from "./promises/survival.ts";
import { sanitized } from "../sanitized.ts";

/** A store of its own for one test. */
export interface Opened {
  store: Store;
  /** Closes it and opens it again on the same data. */
  reopen(): Promise<Store>;
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>;
}

/** Holds one promise to the store. */
export type Hold = (promise: string, test: (store: Store, opened: Opened) => Promise<void>) => void;

/** Every promise of `db/store.ts`, held to one driver on its real engine. */
export function testStore(name: string, open: () => Promise<Opened>): void {
  const hold: Hold = (promise, test) =>
    Deno.test(`${name}: ${promise}`, sanitized, async () => {
      const opened = await open();
      try {
        await test(opened.store, opened);
      } finally {
        await opened.dispose();
      }
    });
  for (
    const promises of [
      accounts,
      sessions,
      chatbots,
      claims,
      rooms,
      roomList,
      appends,
      doubles,
      contents,
      messagePages,
      pageBytes,
      readMarks,
      records,
      collections,
      survival,
      properties,
    ]
  ) promises(hold);
}
