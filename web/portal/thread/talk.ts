import { signal } from "@preact/signals";
import type { Message } from "../../../protocol/records.ts";
import type { RoomReader } from "../../client/connect.ts";

/** Messages per block: blocks outside of the viewport are not rendered. */
export const blockSize = 40;

/** The shown part of one room's history. Unchanged blocks stay the same arrays. */
export interface Shown {
  blocks: readonly (readonly Message[])[];
  hasOlder: boolean;
  /** More messages follow. */
  hasNewer: boolean;
  isLoaded: boolean;
}

/** The loaded part of a room's history, in order and without gaps. */
export class Talk implements RoomReader {
  readonly shown = signal<Shown>({ blocks: [], hasOlder: false, hasNewer: false, isLoaded: false });

  constructor(readonly consumer: string, readonly around?: number) {}

  get last(): number {
    return this.shown.value.blocks.at(-1)?.at(-1)?.seq ?? 0;
  }

  replace(messages: Message[], hasOlder: boolean): void {
    const hasNewer = this.around !== undefined && !this.shown.value.isLoaded;
    this.shown.value = { blocks: cut(messages), hasOlder, hasNewer, isLoaded: true };
  }

  append(messages: Message[]): void {
    const { blocks } = this.shown.value;
    const open = blocks.at(-1);
    const isFull = !open || blockOf(open[0]!) !== blockOf(messages[0]!);
    const kept = isFull ? blocks : blocks.slice(0, -1);
    const added = cut(isFull ? messages : [...open, ...messages]);
    this.shown.value = { ...this.shown.value, blocks: [...kept, ...added] };
  }

  prepend(messages: Message[], hasOlder: boolean): void {
    const { blocks } = this.shown.value;
    const open = blocks[0];
    const joins = open && messages.length > 0 && blockOf(messages.at(-1)!) === blockOf(open[0]!);
    const added = cut(joins ? [...messages, ...open] : messages);
    this.shown.value = {
      ...this.shown.value,
      blocks: [...added, ...joins ? blocks.slice(1) : blocks],
      hasOlder,
    };
  }

  /** Blocks without a changed message stay the same arrays. */
  revise(change: (message: Message) => Message): void {
    const blocks = this.shown.value.blocks.map((block) => {
      const changed = block.map(change);
      return changed.some((message, i) => message !== block[i]) ? changed : block;
    });
    this.shown.value = { ...this.shown.value, blocks };
  }

  reach(isNewest: boolean): void {
    this.shown.value = { ...this.shown.value, hasNewer: !isNewest };
  }
}

/** Number of the block of a message. */
export const blockOf = ({ seq }: Message): number => Math.floor((seq - 1) / blockSize);

/** By seq, so that it does not depend on what was loaded first. */
function cut(messages: readonly Message[]): Message[][] {
  const blocks = new Map<number, Message[]>();
  for (const message of messages) {
    const block = blocks.get(blockOf(message));
    if (block) block.push(message);
    else blocks.set(blockOf(message), [message]);
  }
  return [...blocks.values()];
}
