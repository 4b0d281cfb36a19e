import { SearchIndex } from "./search_index.ts";
import { searchPath } from "./search_file.ts";
import type { SearchReply, SearchRequest, TimedAnswer } from "./search_wire.ts";

// Words are cut, sorted and looked up here, in a thread and on connections of its own: no send ever waits for it.
const thread = globalThis as unknown as {
  name: string;
  onmessage: (event: MessageEvent<SearchRequest>) => void;
  postMessage(reply: SearchReply): void;
  setTimeout(act: () => void, ms: number): number;
};

/** The database's path is the Worker's name. */
const path = thread.name;
let index: SearchIndex | undefined;
let isCatchingUp = false;
/** When the store last said that something was committed. */
let wokenAt = -Infinity;
/** While it goes on saying so, a step of the index is followed by a rest of thirty-nine: conversations go before the search. */
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
    case "close":
      isClosed = true;
      return void index?.close();
    default:
      asked satisfies never;
  }
}

/** One step at a time, with a rest at least as long as the step: requests come in between, and others get the core. */
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

/** A broken index is worth nothing: it is made anew. What else fails may go well the next time. */
function mend(error: unknown): void {
  thread.postMessage({ trouble: String(error) });
  if (index && !/malformed|corrupt|not a database/.test(String(error))) return;
  try {
    index?.rebuild();
  } catch {
    index = undefined;
  }
}
