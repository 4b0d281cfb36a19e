import type { Message } from "../../protocol/records.ts";
import type { RoomKey, RoomRecord, Store } from "../store.ts";

/** Maximum messages of a room buffered in memory while older ones of other rooms are yielded. */
const atOnce = 20;

/** A room with its next messages. */
interface Line {
  key: RoomKey;
  page: Message[];
  at: number;
  /** Tie-breaker for equal times. */
  number: number;
}

/** Messages of many rooms by time; within a room by seq. */
export async function* history(
  store: Store,
  rooms: Iterable<{ room: RoomRecord; after: number }>,
): AsyncIterable<{ key: RoomKey; message: Message }> {
  const heap: Line[] = [];
  let number = 0;
  for (const { room, after } of rooms) {
    const page = await store.messagesAfter(room, after, atOnce);
    if (page.length) push(heap, line(room, page, number++));
  }
  while (heap.length) {
    const first = pop(heap);
    const message = first.page.shift()!;
    yield { key: first.key, message };
    const page = first.page.length ? first.page : await store.messagesAfter(first.key, message.seq, atOnce);
    if (page.length) push(heap, line(first.key, page, first.number));
  }
}

function line({ admin, consumer }: RoomKey, page: Message[], number: number): Line {
  return { key: { admin, consumer }, page, at: Date.parse(page[0]!.created), number };
}

const isBefore = (a: Line, b: Line) => a.at < b.at || (a.at === b.at && a.number < b.number);

function push(heap: Line[], line: Line): void {
  let place = heap.push(line) - 1;
  for (let above; place > 0 && isBefore(line, heap[above = (place - 1) >> 1]!); place = above) {
    heap[place] = heap[above]!;
  }
  heap[place] = line;
}

function pop(heap: Line[]): Line {
  const first = heap[0]!, last = heap.pop()!;
  if (heap.length === 0) return first;
  let place = 0;
  for (let below; (below = 2 * place + 1) < heap.length; place = below) {
    if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++;
    if (!isBefore(heap[below]!, last)) break;
    heap[place] = heap[below]!;
  }
  heap[place] = last;
  return first;
}
