import type { Store } from "../../db/store.ts";
import { accounts } from "./contract/accounts.ts";
import { appends } from "./contract/appends.ts";
import { llmUse } from "./contract/llm_use.ts";
import { questions } from "./contract/bot_questions.ts";
import { turnsOfBot } from "./contract/bot_turns.ts";
import { chatbots } from "./contract/chatbots.ts";
import { claims } from "./contract/claims.ts";
import { collections } from "./contract/collections.ts";
import { conditions } from "./contract/conditions.ts";
import { contents } from "./contract/contents.ts";
import { details } from "./contract/details.ts";
import { doubles } from "./contract/doubles.ts";
import { edits } from "./contract/edits.ts";
import { merging } from "./contract/merging.ts";
import { episodesAndClocks } from "./contract/episodes.ts";
import { knowledge } from "./contract/knowledge.ts";
import { messagePages } from "./contract/message_pages.ts";
import { pageBytes } from "./contract/page_bytes.ts";
import { properties } from "./contract/properties.ts";
import { readMarks } from "./contract/read_marks.ts";
import { records } from "./contract/records.ts";
import { roomList } from "./contract/room_list.ts";
import { rooms } from "./contract/rooms.ts";
import { sessions } from "./contract/sessions.ts";
import { staffLogs } from "./contract/staff_log.ts";
import { survival } from "./contract/survival.ts";
import { sanitized } from "../harness/sanitized.ts";

/** A new store for one test. */
export interface Opened {
  store: Store;
  /** Closes it and opens it again on the same data. */
  reopen(): Promise<Store>;
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>;
}

/** Declares a test of one guarantee of the store. */
export type ContractTest = (guarantee: string, test: (store: Store, opened: Opened) => Promise<void>) => void;

/** Declares tests of one driver, each on a new store of its real engine. */
export function contractTestOf(name: string, open: () => Promise<Opened>): ContractTest {
  return (guarantee, test) =>
    Deno.test(`${name}: ${guarantee}`, sanitized, async () => {
      const opened = await open();
      try {
        await test(opened.store, opened);
      } finally {
        await opened.dispose();
      }
    });
}

/** Tests every guarantee of `db/store.ts` on one driver with its real engine. */
export function testStore(name: string, open: () => Promise<Opened>): void {
  const contractTest = contractTestOf(name, open);
  for (
    const declare of [
      accounts,
      sessions,
      chatbots,
      claims,
      rooms,
      roomList,
      appends,
      doubles,
      contents,
      conditions,
      details,
      episodesAndClocks,
      questions,
      llmUse,
      turnsOfBot,
      edits,
      merging,
      messagePages,
      pageBytes,
      readMarks,
      records,
      collections,
      staffLogs,
      knowledge,
      survival,
      properties,
    ]
  ) declare(contractTest);
}
