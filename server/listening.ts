/** Where and how to listen. `wire`: which library carries the sockets. */
export interface Listening {
  wire: "native" | "ws";
  host: string;
  /** 0: any free one. */
  port: number;
}

/** A server that listens. */
export interface Served {
  hostname: string;
  port: number;
  /** Takes no more, and resolves when everybody has left. */
  stop(): Promise<void>;
}
