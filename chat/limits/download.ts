import type { Chat } from "../chat.ts";
import { RateLimited } from "../errors.ts";
import { costOf, costs } from "./meter.ts";

/** When a second download may be tried. Milliseconds. */
const retryMs = 5_000;
/** Longest wait between two looks at the budget. Milliseconds. */
const waitMs = 1_000;

/** A download in progress. It ends once its lines are read, or the iterator is returned from. */
export interface Download {
  lines: AsyncGenerator<string>;
  /** Called when nobody reads it any more. */
  end(): void;
}

/** Downloads under way, by service. */
const underWay = new WeakMap<Chat, Set<string>>();

/**
 * Begins a download of a workspace, one of its kind at a time. Its lines are charged to the workspace's account as they are
 * read; beyond its budget they come more slowly.
 * @throws {RateLimited} while another one is under way
 */
export function beginDownload(
  chat: Chat,
  { workspace, kind }: { workspace: string; kind: string },
  lines: AsyncGenerator<string>,
): Download {
  const all = underWay.get(chat) ?? new Set<string>(), name = `${kind} ${workspace}`;
  underWay.set(chat, all);
  if (all.has(name)) throw new RateLimited(retryMs, "Such a download of this workspace is under way");
  all.add(name);
  const ended = new AbortController();
  return {
    lines: paid(chat, workspace, lines, ended.signal),
    end() {
      all.delete(name);
      ended.abort();
    },
  };
}

async function* paid(chat: Chat, workspace: string, lines: AsyncGenerator<string>, ended: AbortSignal) {
  const payer = chat.meter?.account(workspace);
  for await (const some of lines) {
    payer?.charge(costOf(some.length));
    yield some;
    // Each page in a turn of the event loop of its own: a fast reader would otherwise have all pages read in one.
    await pause(0, ended);
    await payer?.turn();
    for (let wait; payer && !ended.aborted && (wait = payer.take(costs.frame)) > 0;) {
      await pause(Math.min(wait, waitMs), ended);
    }
  }
}

/** Resolves after a time, or as soon as nobody reads any more. Milliseconds. */
function pause(ms: number, ended: AbortSignal): Promise<void> {
  if (ended.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      ended.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    ended.addEventListener("abort", done);
  });
}
