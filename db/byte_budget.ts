import type { Message } from "../protocol/records.ts";

const encoder = new TextEncoder();

/** Bytes of a value's JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/** The most that a message takes beside its texts, with the comma after it. Bytes. */
const fieldsBytes = 155;
/** Characters that take one byte of JSON each. */
const plain = /^[ !#-[\]-~]*$/;

/** Bytes that a message takes in a list; of one in plain characters an upper bound by some forty, without writing it out. */
export function messageBytes(message: Message): number {
  const { author, room, id, content, client_id = "" } = message;
  if (!plain.test(content) || !plain.test(client_id)) return jsonBytes(message) + 1;
  return fieldsBytes + author.length + room.length + id.length + content.length + client_id.length;
}

/** How much of a page is left, in bytes of JSON. Its first item always has room. */
export class ByteBudget {
  #left: number;
  #isEmpty = true;

  constructor(bytes = Infinity) {
    this.#left = bytes;
  }

  get left(): number {
    return this.#left;
  }

  /** Takes room for one item; false, and nothing is taken, if it does not fit. */
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

/** Messages read at first, and at once: of the longest ones some 400 KB. */
const readAtFirst = 32;

/**
 * Reads messages in their order until there are `limit` or they take `bytes`; one at least. `read` answers up to `count`
 * of those that follow `after`, from the beginning where there is none. What is read beyond the page is little.
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

/** Runs `readWithin` where reading does not wait. */
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

/** Runs `readWithin` where reading waits. */
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

/** The longest beginning of a list whose JSON takes no more than `bytes`; one item at least. */
export function cutList<T>(list: T[], bytes: number): T[] {
  const budget = new ByteBudget(bytes);
  const end = list.findIndex((item) => !budget.take(jsonBytes(item) + 1));
  return end < 0 ? list : list.slice(0, end);
}

/** The longest beginning of a list of messages that takes no more than `bytes`; one at least. */
export function cutAt(messages: Message[], bytes = Infinity): Message[] {
  const budget = new ByteBudget(bytes);
  const end = messages.findIndex((message) => !budget.takeMessage(message));
  return end < 0 ? messages : messages.slice(0, end);
}
