/** How many times as many as strangers may have those who show a token: an office has one address. */
const knownTimes = 4;

/** What one address holds. */
interface Held {
  /** Connections, also of sockets that we have closed and whose peers have not left. */
  connections: number;
  /** Those of them whose peers have shown no token and said nothing yet. */
  unheard: number;
}

/**
 * Counts the connections that sockets hold, per address, up to a limit: from the request until the connection is gone,
 * which may be long after we have closed the socket.
 */
export class AddressCount {
  #held = new Map<string, Held>();
  #connections = 0;
  #closing = 0;

  /** `most`: Infinity for no limit, then none of either kind. */
  constructor(readonly most: number, readonly mostUnheard = most === Infinity ? most : Math.min(most, 100)) {}

  /** How many addresses have something open. */
  get size(): number {
    return this.#held.size;
  }

  /** How many connections there are, by whether we have closed them. */
  get connections(): { open: number; closing: number } {
    return { open: this.#connections - this.#closing, closing: this.#closing };
  }

  /** Counts one more; nothing if the address has as many as it may, even of those it shows a token for. */
  enter(address: string): Place | undefined {
    const held = this.#held.get(address) ?? { connections: 0, unheard: 0 };
    if (held.connections >= this.most * knownTimes) return undefined;
    this.#held.set(address, held);
    held.connections++;
    held.unheard++;
    this.#connections++;
    return this.#placeOf(address, held);
  }

  #placeOf(address: string, held: Held): Place {
    const isForKnown = held.connections > this.most || held.unheard > this.mostUnheard;
    let isHeard = false, isClosing = false, isGone = false;
    const heard = () => {
      if (!isHeard) held.unheard--;
      isHeard = true;
    };
    return {
      isForKnown,
      heard,
      closing: () => {
        if (!isClosing && !isGone) this.#closing++;
        isClosing = true;
      },
      leave: () => {
        if (isGone) return;
        isGone = true;
        heard();
        if (isClosing) this.#closing--;
        this.#connections--;
        if (--held.connections === 0) this.#held.delete(address);
      },
    };
  }
}

/** One connection of an address. Each of its verbs may be called again. */
export interface Place {
  /** It is beyond what strangers may have: who takes it shows a token. */
  readonly isForKnown: boolean;
  /** The peer has shown who it is, or has said something. */
  heard(): void;
  /** We have closed the socket; the peer may stay. */
  closing(): void;
  /** The connection is gone. */
  leave(): void;
}
