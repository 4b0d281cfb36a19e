import type { Party, Presence } from "./presence.ts";

/** An instance repeats its presence at least this often; after the longer time it counts as gone. Milliseconds. */
export const sayHereMs = 10_000;
const lapseMs = 25_000;
const lookMs = 1_000;

/** Presence on other instances: each party counts as one more socket here while its instance keeps reporting it. */
export class RemotePresence {
  /** Instance → party → lease expiry. */
  #leases = new Map<string, Map<string, { party: Party; until: number }>>();
  #timer = setInterval(() => this.#dropLapsed(), lookMs);

  constructor(readonly presence: Presence) {
    Deno.unrefTimer(this.#timer);
  }

  knows(instance: string): boolean {
    return this.#leases.has(instance);
  }

  here(instance: string, parties: Party[]): void {
    const leases = this.#leases.get(instance) ?? new Map();
    this.#leases.set(instance, leases);
    for (const party of parties) {
      const key = JSON.stringify(party);
      const isNew = !leases.has(key);
      leases.set(key, { party, until: performance.now() + lapseMs });
      if (isNew) this.presence.came(party, "remote");
    }
  }

  left(instance: string, parties: Party[]): void {
    for (const party of parties) {
      if (this.#leases.get(instance)?.delete(JSON.stringify(party))) this.presence.left(party, "remote");
    }
  }

  /** Drops all parties of an instance. */
  gone(instance: string): void {
    for (const { party } of this.#leases.get(instance)?.values() ?? []) {
      this.presence.left(party, "remote");
    }
    this.#leases.delete(instance);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #dropLapsed(): void {
    const now = performance.now();
    for (const [instance, leases] of this.#leases) {
      this.left(instance, [...leases.values()].filter(({ until }) => until < now).map(({ party }) => party));
      if (leases.size === 0) this.#leases.delete(instance);
    }
  }
}
