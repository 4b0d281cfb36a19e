import { SearchIndex } from "./search_index.ts";
import { searchPath } from "./search_file.ts";
import type { SearchReply, SearchRequest, TimedAnswer } from "./search_wire.ts";

// Indexing and searching run in a Worker with its own connections, so they never block a write.
const thread = globalThis as unknown as {
  name: string;
  onmessage: (event: MessageEvent<SearchRequest>) => void;
  postMessage(reply: SearchReply): void;
  setTimeout(act: () => void, ms: number): number;
};

/** The path of the database is passed as the Worker's name. */
const path = thread.name;
let index: SearchIndex | undefined;
let isCatchingUp = false;
/** Time of the last commit. Milliseconds, of `performance`. */
let wokenAt = -Infinity;
/**
 * While commits arrive within `busyMs`, each step is followed by a pause 39 times as long: writes have
 * priority over indexing.
 */
const busyMs = 1_000, busyRest = 39;
let isClosed = false;

thread.onmessage = ({ data }) => {
  if (data.type === "wake") {
    wokenAt = performance.now();
    return catchUp();
  }
  try {
    thread.postMessage({ id: data.id, answer: answer(data) });
  } catch (error) {
    mend(error);
    thread.postMessage({ id: data.id, failed: String(error) });
  }
  if (data.type !== "close") catchUp();
};

const opened = () => index ??= new SearchIndex(path, searchPath(path));

function answer(asked: Exclude<SearchRequest, { type: "wake" }>): TimedAnswer | undefined {
  switch (asked.type) {
    case "search": {
      const began = performance.now(), answer = opened().search(asked);
      return { ...answer, ms: performance.now() - began };
    }
    case "forget":
      return void opened().forget(asked.rooms);
    case "replace":
      return void opened().replace(asked.keys);
    case "close":
      isClosed = true;
      return void index?.close();
    default:
      asked satisfies never;
  }
}

/**
 * Runs one step, then pauses at least as long as the step took, so that searches and other threads get their
 * turn.
 */
function catchUp(): void {
  if (isCatchingUp || isClosed) return;
  isCatchingUp = true;
  const began = performance.now();
  let more = false;
  try {
    more = opened().step();
  } catch (error) {
    mend(error);
  }
  const isBusy = began - wokenAt < busyMs;
  thread.setTimeout(() => {
    isCatchingUp = false;
    if (more) catchUp();
  }, (performance.now() - began) * (isBusy ? busyRest : 1));
}

/** Rebuilds a corrupt index. Other errors may be temporary and are retried. */
function mend(error: unknown): void {
  thread.postMessage({ trouble: String(error) });
  if (index && !/malformed|corrupt|not a database/.test(String(error))) return;
  try {
    index?.rebuild();
  } catch {
    index = undefined;
  }
}
