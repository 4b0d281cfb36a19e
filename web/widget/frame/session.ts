import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import type { VisitorProfile } from "../../../protocol/records.ts";
import type { KeyValueStorage } from "../../client/key_value_storage.ts";
import { solve } from "../../client/proof_of_work.ts";
import type { FrameSettings, PageSeen } from "../bridge.ts";

/** The service's answer to a session call. */
export interface Session {
  consumer: string;
  token: string;
  /** ISO 8601. */
  expires: string;
  chatbot: ChatbotPublic;
  online: boolean;
  visitor?: VisitorProfile;
}

/** The service refuses this session for good. `code`: the error code on the wire. */
export class SessionRefused extends Error {
  override name = "SessionRefused";
  constructor(readonly code: string, message: string, readonly fields: Record<string, string> = {}) {
    super(message);
  }
}

type Known = Pick<Session, "consumer" | "token">;

/** A visitor as stored by the host page. `named`: the page itself said who the visitor is. */
type Kept = Known & { named?: boolean };

/** Timeout of a call. Milliseconds. */
const answerMs = 15_000;

/** Storage key of the visitor. */
export const visitorKey = "visitor";

/** Opens the visitor's sessions, and stores the visitor once there is a conversation to return to. */
export class Sessions {
  readonly #path: string;
  readonly #storage: KeyValueStorage;
  readonly #settings: () => FrameSettings;
  readonly #page: () => PageSeen | undefined;
  #known?: Known;
  /** Token of the visitor before the page named one: its conversation goes on in the named one's. */
  #earlier?: string;
  #kept = false;
  /** Counts recalls: answers to earlier calls belong to another visitor. */
  #recalls = 0;

  constructor(
    admin: string,
    storage: KeyValueStorage,
    { settings, page }: { settings: () => FrameSettings; page: () => PageSeen | undefined },
  ) {
    this.#path = `/chatbot/api/${encodeURIComponent(admin)}/session`;
    this.#storage = storage;
    this.#settings = settings;
    this.#page = page;
    this.recall();
  }

  /** Whether this visitor will be recognized again. */
  get isKept(): boolean {
    return this.#kept;
  }

  /** The visitor, as far as known. */
  get consumer(): string | undefined {
    return this.#known?.consumer;
  }

  /**
   * Another tab has stored `text`: whether this one adopts it. Of two tabs that stored a visitor each, both choose the
   * same one: one that the page has named, else the lesser id. The tab that keeps its own tells the other.
   */
  isToFollow(text: string | undefined): boolean {
    const other = readKnown(text), { consumer } = this;
    if (this.#isNamed || other?.consumer === consumer) return false;
    if (!other || !consumer || !this.#kept || other.named || other.consumer < consumer) return true;
    this.keep();
    return false;
  }

  /** Adopts the visitor that the host page has stored. */
  recall(): void {
    this.#recalls++;
    const { token, consumer, identity } = this.#settings();
    const stored = readKnown(new Map(this.#storage.entries()).get(visitorKey));
    this.#kept = stored !== undefined;
    this.#earlier = identity && !stored?.named ? stored?.token : undefined;
    this.#known = token && consumer ? { token, consumer } : identity ? undefined : stored;
  }

  /** @throws {SessionRefused} if a retry is of no use */
  async open(profile: { name?: string; email?: string } = {}): Promise<Session> {
    const { identity, attributes } = this.#settings();
    const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
    const { consumer, token } = this.#known ?? {};
    const body = {
      consumer,
      token: token ?? this.#earlier,
      ...profile,
      identity,
      attributes,
      page: this.#page(),
      locale,
      time_zone: timeZone,
    };
    const recalls = this.#recalls;
    const session = await this.#ask(body);
    if (recalls !== this.#recalls) return session;
    this.#known = { consumer: session.consumer, token: session.token };
    if (this.#kept) this.keep();
    return session;
  }

  /**
   * Forgets a signed-in visitor when the page no longer names one. Its conversation requires an identity token;
   * anybody else gets a new visitor. Returns whether there was one to forget.
   */
  forgetNamed(): boolean {
    if (!this.#known || this.#isNamed) return false;
    this.#known = undefined;
    this.#kept = false;
    this.#storage.drop(visitorKey);
    return true;
  }

  /** Stores the visitor, so that it is recognized on return. */
  keep(): void {
    this.#kept = true;
    this.#storage.put(visitorKey, JSON.stringify({ ...this.#known, named: this.#isNamed || undefined }));
  }

  get #isNamed(): boolean {
    const { identity, token } = this.#settings();
    return Boolean(identity || token);
  }

  async #ask(body: Record<string, unknown>): Promise<Session> {
    const response = await fetch(this.#path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerMs),
    });
    if (response.ok) return await response.json();
    const { error } = await response.json().catch(() => ({}));
    if (error?.challenge && !body.proof) {
      return await this.#ask({ ...body, proof: await solve(error.challenge) });
    }
    return this.#refused(response.status, error);
  }

  #refused(
    status: number,
    error?: { code: string; message: string; fields?: Record<string, string> },
  ): never {
    if (status >= 500 || status === 429) throw new Error(`The session call answered ${status}`);
    throw new SessionRefused(error?.code ?? `${status}`, error?.message ?? "", error?.fields);
  }
}

/** The host page can write anything there. */
export function readKnown(text: string | undefined): Kept | undefined {
  try {
    const { consumer, token, named } = JSON.parse(text ?? "");
    const isKnown = typeof consumer === "string" && typeof token === "string";
    return isKnown ? { consumer, token, named: named === true } : undefined;
  } catch {
    return undefined;
  }
}
