import { bearerPrefix, closeCodes, subprotocol } from "../../protocol/limits.ts";
import type { ClientFrame, ServerFrame } from "../../protocol/frames.ts";
import { backoffMs } from "./backoff.ts";
import { Timer } from "./timer.ts";
import { onResume } from "./resume.ts";

/** `reconnecting` is shown to the user; `refused` means that a retry would not help. */
export type LinkState = "connecting" | "online" | "reconnecting" | "refused";

/** Thrown by a token provider: no token is available, and a retry would not change that. */
export class TokenRefused extends Error {
  override name = "TokenRefused";
}

export interface LiveSocketOptions {
  url: string;
  /** The token to offer; none where a cookie authenticates. `renew`: the former one was refused. */
  token?: (renew: boolean) => Promise<string | undefined>;
  /** Sends any cheap request to the server. */
  probe(): void;
  onFrame(frame: ServerFrame): void;
  onState(state: LinkState): void;
  /** An answer was late; the connection is renewed. */
  onLate?(): void;
  /** The server dropped this client as too slow a reader. */
  onSlow?(): void;
  /** The server closed for good with this code (0: the token provider refused). */
  onRefused?(code: number): void;
}

/** Delay before a failed connection or a late answer counts as lost, so that it shows within 5 s. Milliseconds. */
const answerMs = 4_500;
/** Milliseconds after which a handshake is restarted. */
const handshakeMs = 15_000;
/** A page cannot see pings: after this silence the client sends a request. Milliseconds. */
const quietMs = 20_000;

const retried: number[] = [1001, 1006, closeCodes.internal, closeCodes.restarting];
retried.push(closeCodes.slowOrSilent, closeCodes.tooMany);

/** A reconnecting socket that also detects silently dead connections. */
export class LiveSocket {
  #options: LiveSocketOptions;
  #socket?: WebSocket;
  #state: LinkState = "connecting";
  #attempt = 0;
  #renew = false;
  #running = 0;
  #retry = new Timer();
  #visible = new Timer();
  #handshake = new Timer();
  #quiet = new Timer();
  #answer = new Timer();
  #stopListening?: () => void;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
  }

  get state(): LinkState {
    return this.#state;
  }

  start(): void {
    this.#stopListening ??= onResume(() => this.check());
    void this.#connect();
  }

  stop(): void {
    this.#running++;
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#letGo(1000);
    this.#retry.clear();
    this.#visible.clear();
  }

  /** Sends if connected. With `answered`, later silence means that the connection is lost. */
  send(frame: ClientFrame, { answered = false } = {}): boolean {
    if (this.#state !== "online" || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    if (answered && !this.#answer.isSet) this.#answer.set(answerMs, () => this.#late());
    return true;
  }

  /** Checks now whether the connection is alive; during a reconnect delay, connects at once. */
  check(): void {
    if (this.#state === "online") return this.#options.probe();
    if (this.#retry.isSet) void this.#connect();
  }

  async #connect(): Promise<void> {
    const run = ++this.#running;
    this.#retry.clear();
    this.#letGo();
    if (!this.#visible.isSet) this.#visible.set(answerMs, () => this.#show("reconnecting"));
    this.#handshake.set(handshakeMs, () => this.#lost());
    try {
      const token = await this.#options.token?.(this.#renew);
      if (run === this.#running) this.#open(token);
    } catch (error) {
      if (run !== this.#running) return;
      error instanceof TokenRefused ? this.#refuse(0) : this.#lost();
    }
  }

  #open(token: string | undefined): void {
    const socket = new WebSocket(this.#options.url, [subprotocol, ...token ? [bearerPrefix + token] : []]);
    this.#socket = socket;
    socket.onmessage = ({ data }) => socket === this.#socket && this.#received(data);
    socket.onclose = ({ code }) => socket === this.#socket && this.#closed(code);
  }

  #received(data: string): void {
    this.#answer.clear();
    this.#quiet.set(quietMs, () => this.#options.probe());
    const frame: ServerFrame = JSON.parse(data);
    if (frame.command === "welcome") {
      this.#handshake.clear();
      this.#visible.clear();
      this.#show("online");
    } else {
      this.#attempt = 0;
      this.#renew = false;
    }
    this.#options.onFrame(frame);
  }

  #closed(code: number): void {
    if (code === closeCodes.slowOrSilent) this.#options.onSlow?.();
    if (code === closeCodes.notSignedIn && this.#options.token && !this.#renew) {
      this.#renew = true;
      this.#show("connecting");
      return void this.#connect();
    }
    // Deno's client reports an abrupt end as 0, a browser as 1006.
    if (code === 0 || retried.includes(code)) return this.#lost();
    this.#refuse(code);
  }

  #late(): void {
    this.#options.onLate?.();
    this.#lost();
  }

  #lost(): void {
    this.#letGo();
    this.#visible.clear();
    this.#show("reconnecting");
    this.#retry.set(backoffMs(this.#attempt++), () => void this.#connect());
  }

  #refuse(code: number): void {
    this.stop();
    this.#show("refused");
    this.#options.onRefused?.(code);
  }

  #letGo(code?: number): void {
    const socket = this.#socket;
    this.#socket = undefined;
    for (const timer of [this.#handshake, this.#quiet, this.#answer]) timer.clear();
    socket?.close(code);
  }

  #show(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
