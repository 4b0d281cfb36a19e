/** An admin, or the visitor of one of its rooms. */
export interface Party {
  admin: string;
  consumer?: string;
}

/** A page that reloads is away for a moment; only a longer absence is told. Milliseconds. */
const graceMs = 1_000;

/** Who is here: counts sockets, tells the first that comes and, after a moment, that the last has gone. */
export class Presence {
  #sockets = new Map<string, number>();
  #leaving = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(readonly tell: (party: Party, online: boolean) => void) {}

  isHere(party: Party): boolean {
    return this.#sockets.has(keyOf(party));
  }

  came(party: Party): void {
    const key = keyOf(party);
    const before = this.#sockets.get(key) ?? 0;
    this.#sockets.set(key, before + 1);
    if (before > 0) return;
    const wasLeaving = this.#leaving.get(key);
    clearTimeout(wasLeaving);
    this.#leaving.delete(key);
    if (wasLeaving === undefined) this.tell(party, true);
  }

  left(party: Party): void {
    const key = keyOf(party);
    const left = (this.#sockets.get(key) ?? 1) - 1;
    if (left > 0) return void this.#sockets.set(key, left);
    this.#sockets.delete(key);
    const timer = setTimeout(() => {
      this.#leaving.delete(key);
      this.tell(party, false);
    }, graceMs);
    Deno.unrefTimer(timer);
    this.#leaving.set(key, timer);
  }

  close(): void {
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }
}

const keyOf = ({ admin, consumer }: Party) => consumer === undefined ? admin : `${admin} ${consumer}`;
