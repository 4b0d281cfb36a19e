/** An admin's side that answers, one of its agents (by id), or the visitor of one of its rooms. */
export interface Party {
  admin: string;
  consumer?: string;
  agent?: string;
}

/** A page that reloads disconnects for a moment; only a longer absence is announced. Milliseconds. */
const graceMs = 1_000;
/** Agents whose leaving is remembered. */
const mostLeft = 10_000;

/** Whether a socket is on this instance or on another one that serves the same rooms. */
export type Where = "local" | "remote";

/** Counts sockets by party; announces the first that connects and, after a grace period, that the last has left. */
export class Presence {
  #sockets = new Map<string, number>();
  #leaving = new Map<string, ReturnType<typeof setTimeout>>();
  /** The parties with sockets on this instance, and their number. */
  #here = new Map<string, { party: Party; sockets: number }>();
  /** Called at once for the first socket on this instance, and for the last that has left it. */
  onHere: (party: Party, isHere: boolean) => void = () => {};
  /** When agents have left, by `performance.now()`. */
  #leftAt = new Map<string, number>();
  #closed = false;

  constructor(readonly tell: (party: Party, online: boolean) => void) {}

  /** The parties with sockets on this instance. */
  *here(): Iterable<Party> {
    for (const { party } of this.#here.values()) yield party;
  }

  isHere(party: Party): boolean {
    return this.#sockets.has(keyOf(party));
  }

  /** Whether an agent has a socket, or had one in the last `withinMs` milliseconds. */
  isAgentHere(admin: string, agent: string, withinMs = 0): boolean {
    const key = keyOf({ admin, agent });
    return this.#sockets.has(key) || performance.now() - (this.#leftAt.get(key) ?? -Infinity) < withinMs;
  }

  came(party: Party, where: Where = "local"): void {
    if (where === "local") this.#countHere(party, 1);
    const key = keyOf(party);
    const before = this.#sockets.get(key) ?? 0;
    this.#sockets.set(key, before + 1);
    if (before > 0) return;
    const wasLeaving = this.#leaving.get(key);
    clearTimeout(wasLeaving);
    this.#leaving.delete(key);
    if (wasLeaving === undefined) this.tell(party, true);
  }

  left(party: Party, where: Where = "local"): void {
    if (where === "local") this.#countHere(party, -1);
    const key = keyOf(party);
    const left = (this.#sockets.get(key) ?? 1) - 1;
    if (left > 0) return void this.#sockets.set(key, left);
    this.#sockets.delete(key);
    if (party.agent !== undefined) this.#noteLeft(key);
    // Other instances may still report who has left them.
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#leaving.delete(key);
      this.tell(party, false);
    }, graceMs);
    Deno.unrefTimer(timer);
    this.#leaving.set(key, timer);
  }

  #noteLeft(key: string): void {
    this.#leftAt.delete(key);
    this.#leftAt.set(key, performance.now());
    if (this.#leftAt.size > mostLeft) this.#leftAt.delete(this.#leftAt.keys().next().value!);
  }

  #countHere(party: Party, by: 1 | -1): void {
    const key = keyOf(party);
    const sockets = (this.#here.get(key)?.sockets ?? 0) + by;
    if (sockets > 0) this.#here.set(key, { party: { ...party }, sockets });
    else this.#here.delete(key);
    if (sockets === (by === 1 ? 1 : 0)) this.onHere(party, by === 1);
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }
}

/** No name contains a space or `@`. */
const keyOf = ({ admin, consumer, agent }: Party) =>
  agent !== undefined ? `${admin} @${agent}` : consumer === undefined ? admin : `${admin} ${consumer}`;
