import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import type { VisitorProfile } from "../../../protocol/records.ts";
import type { KeyValueStorage } from "../../client/key_value_storage.ts";
import { solve } from "../../client/proof_of_work.ts";
import type { FrameSettings, PageSeen } from "../bridge.ts";

/** What the service answers to a visitor's browser. */
export interface Session {
  consumer: string;
  token: string;
  /** ISO 8601. */
  expires: string;
  chatbot: ChatbotPublic;
  online: boolean;
  visitor?: VisitorProfile;
}

/** The service will not open this session, however often it is asked. `code` is the wire's word. */
export class SessionRefused extends Error {
  override name = "SessionRefused";
  constructor(readonly code: string, message: string, readonly fields: Record<string, string> = {}) {
    super(message);
  }
}

type Known = Pick<Session, "consumer" | "token">;

/** A visitor as the host page keeps it. `named`: by a tab whose page says itself who is there. */
type Kept = Known & { named?: boolean };

/** A call that has not been answered after so many milliseconds is given up. */
const answerMs = 15_000;

/** Where the host page keeps who its visitor is. */
export const visitorKey = "visitor";

/** Opens the visitor's sessions, and keeps who the visitor is once there is something to come back to. */
export class Sessions {
  readonly #path: string;
  readonly #storage: KeyValueStorage;
  readonly #settings: () => FrameSettings;
  readonly #page: () => PageSeen | undefined;
  #known?: Known;
  #kept = false;
  /** Counts recalls: what was asked before the last one is of somebody else. */
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

  /** Whether this visitor will be known again. */
  get isKept(): boolean {
    return this.#kept;
  }

  /** Who this visitor is, as far as that is known. */
  get consumer(): string | undefined {
    return this.#known?.consumer;
  }

  /**
   * Another tab has kept `text`: is this one to take that up? Of two that kept a visitor each, both decide for the same
   * one, whoever hears first: one that the page has named, else the lesser id. The tab that stays tells the other.
   */
  isToFollow(text: string | undefined): boolean {
    const other = readKnown(text), { consumer } = this;
    if (this.#isNamed || other?.consumer === consumer) return false;
    if (!other || !consumer || !this.#kept || other.named || other.consumer < consumer) return true;
    this.keep();
    return false;
  }

  /** Takes up again whoever the host page knows. */
  recall(): void {
    this.#recalls++;
    const { token, consumer, identity } = this.#settings();
    const stored = readKnown(new Map(this.#storage.entries()).get(visitorKey));
    this.#kept = stored !== undefined;
    this.#known = token && consumer ? { token, consumer } : identity ? undefined : stored;
  }

  /** @throws {SessionRefused} if asking again is of no use */
  async open(profile: { name?: string; email?: string } = {}): Promise<Session> {
    const { identity, attributes } = this.#settings();
    const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
    const { consumer, token } = this.#known ?? {};
    const body = {
      consumer,
      token,
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
   * Forgets whoever was signed in here, if the page no longer says who is. Its conversation opens with an identity token
   * alone; anybody else goes on as somebody new. Answers whether there was somebody to forget.
   */
  forgetNamed(): boolean {
    if (!this.#known || this.#isNamed) return false;
    this.#known = undefined;
    this.#kept = false;
    this.#storage.drop(visitorKey);
    return true;
  }

  /** From now on this visitor is known again when it comes back. */
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

/** The host page can write what it likes there. */
export function readKnown(text: string | undefined): Kept | undefined {
  try {
    const { consumer, token, named } = JSON.parse(text ?? "");
    const isKnown = typeof consumer === "string" && typeof token === "string";
    return isKnown ? { consumer, token, named: named === true } : undefined;
  } catch {
    return undefined;
  }
}
