import type { Message } from "../protocol/records.ts";

const encoder = new TextEncoder();

/** Bytes of a value's JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/** Upper bound of a message's JSON without its texts, including the comma after it. Bytes. */
const fieldsBytes = 155;
/** Texts whose characters each take one byte of JSON. */
const plain = /^[ !#-[\]-~]*$/;

/**
 * Bytes of a message in a JSON list. For a message of plain characters this is an upper bound, about 40 bytes
 * too high, computed without serializing it.
 */
export function messageBytes(message: Message): number {
  const { author, room, id, content, client_id = "", by, extra, reply } = message;
  if (by || extra || reply || !plain.test(content) || !plain.test(client_id)) return jsonBytes(message) + 1;
  return fieldsBytes + author.length + room.length + id.length + content.length + client_id.length;
}

/** Remaining space of a page, in bytes of JSON. The first item always fits. */
export class ByteBudget {
  #left: number;
  #isEmpty = true;

  constructor(bytes = Infinity) {
    this.#left = bytes;
  }

  get left(): number {
    return this.#left;
  }

  /** Takes space for one item; returns false and takes nothing if it does not fit. */
  take(bytes: number): boolean {
    if (bytes > this.#left && !this.#isEmpty) return false;
    this.#isEmpty = false;
    this.#left -= bytes;
    return true;
  }

  takeMessage(message: Message): boolean {
    if (this.#left === Infinity) return true;
    return this.take(messageBytes(message));
  }
}

/** Initial and maximum number of messages per read; 32 messages of maximum length take about 400 KB. */
const readAtFirst = 32;

/**
 * Reads messages in order until there are `limit` or their JSON takes `bytes`; returns at least one. `read`
 * returns up to `count` messages after `after`, or from the beginning if `after` is undefined. Reads only
 * slightly more than the page needs.
 */
export function* readWithin<M extends Message>(
  { limit, bytes = Infinity, first = readAtFirst }: { limit: number; bytes?: number; first?: number },
): Generator<{ count: number; after: M | undefined }, M[], M[]> {
  const budget = new ByteBudget(bytes), page: M[] = [];
  for (let count = bytes === Infinity ? limit : Math.min(limit, first); count > 0;) {
    const some = yield { count, after: page.at(-1) };
    for (const message of some) {
      if (!budget.takeMessage(message)) return page;
      page.push(message);
    }
    if (some.length < count) return page;
    const average = (bytes - budget.left) / page.length;
    count = Math.min(limit - page.length, Math.max(1, Math.ceil(budget.left / average)));
  }
  return page;
}

/** `readWithin` for synchronous reads. */
export function readNow<M extends Message>(
  asked: Parameters<typeof readWithin>[0],
  read: (count: number, after: M | undefined) => M[],
): M[] {
  const reading = readWithin<M>(asked);
  for (let step = reading.next();;) {
    if (step.done) return step.value;
    step = reading.next(read(step.value.count, step.value.after));
  }
}

/** `readWithin` for asynchronous reads. */
export async function readSoon<M extends Message>(
  asked: Parameters<typeof readWithin>[0],
  read: (count: number, after: M | undefined) => Promise<M[]>,
): Promise<M[]> {
  const reading = readWithin<M>(asked);
  for (let step = reading.next();;) {
    if (step.done) return step.value;
    step = reading.next(await read(step.value.count, step.value.after));
  }
}

/** The longest prefix of a list whose JSON takes no more than `bytes`; at least one item. */
export function cutList<T>(list: T[], bytes: number): T[] {
  const budget = new ByteBudget(bytes);
  const end = list.findIndex((item) => !budget.take(jsonBytes(item) + 1));
  return end < 0 ? list : list.slice(0, end);
}

/** The longest prefix of a list of messages that takes no more than `bytes`; at least one. */
export function cutAt(messages: Message[], bytes = Infinity): Message[] {
  const budget = new ByteBudget(bytes);
  const end = messages.findIndex((message) => !budget.takeMessage(message));
  return end < 0 ? messages : messages.slice(0, end);
}
