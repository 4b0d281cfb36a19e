/** Limit of peers with a token as a multiple of strangers': an office has one address. */
const knownTimes = 4;

/** What one address holds. */
interface Held {
  /** Connections, including those of closed sockets whose peers have not disconnected. */
  connections: number;
  /** Those whose peers have shown no token and sent nothing yet. */
  unheard: number;
}

/**
 * Counts the connections that sockets hold, per address, up to a limit: from the request until the connection ends,
 * which may be long after we closed the socket.
 */
export class AddressCount {
  #held = new Map<string, Held>();
  #connections = 0;
  #closing = 0;

  /** `most`: Infinity for no limit, then none of either kind. */
  constructor(readonly most: number, readonly mostUnheard = most === Infinity ? most : Math.min(most, 100)) {}

  /** Number of addresses with a connection. */
  get size(): number {
    return this.#held.size;
  }

  /** Number of connections, by whether we have closed them. */
  get connections(): { open: number; closing: number } {
    return { open: this.#connections - this.#closing, closing: this.#closing };
  }

  /** Counts one more; undefined if the address is at its limit, even for peers with a token. */
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

/** One counted connection of an address. Each method may be called again. */
export interface Place {
  /** Beyond the limit of strangers: only for a peer with a token. */
  readonly isForKnown: boolean;
  /** The peer has shown a token, or has sent something. */
  heard(): void;
  /** We have closed the socket; the peer may stay connected. */
  closing(): void;
  /** The connection has ended. */
  leave(): void;
}
