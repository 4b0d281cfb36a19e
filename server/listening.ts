/** Where to listen, and which library carries the sockets. */
export interface Listening {
  wire: "native" | "ws";
  host: string;
  /** 0: any free port. */
  port: number;
}

/** A listening server. */
export interface Served {
  hostname: string;
  port: number;
  /** Accepts nothing more; resolves when all connections have ended. */
  stop(): Promise<void>;
}
