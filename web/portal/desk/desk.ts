import { signal } from "@preact/signals";
import type { BulkAct, BulkResult } from "../../../protocol/desk.ts";
import type { ClientFrame, ServerFrame } from "../../../protocol/frames.ts";
import { maxBulkRooms } from "../../../protocol/limits.ts";
import type { Inbox } from "../inbox/inbox.ts";
import { call } from "../service/calls.ts";
import { failureWords } from "../words/failure_words.ts";
import { nameOf } from "../words/names.ts";
import { count, say } from "../words/words.ts";

type ErrorFrame = Extract<ServerFrame, { command: "error" }>;

/** A short message at the bottom, with a way back where there is one. */
export interface Toast {
  text: string;
  /** What could not be done, by room. */
  failed?: { name: string; why: string }[];
  isAlert?: boolean;
  undo?(): void;
}

const commands = [
  "take",
  "assign",
  "label",
  "snooze",
  "mark_unread",
  "update_room",
  "edit_message",
  "delete_message",
];

/** What agents do to rooms: one over the socket, several in one call. */
export class Desk {
  readonly toast = signal<Toast | undefined>(undefined);

  constructor(private readonly send: (frame: ClientFrame) => boolean, private readonly inbox: Inbox) {}

  take(consumer: string): void {
    this.#tell({ command: "take", consumer });
  }

  assign(
    consumers: readonly string[],
    to: { agent?: string | null; team?: string | null },
  ): Promise<boolean> {
    const consumer = consumers[0]!;
    if (consumers.length > 1) return this.#bulk(consumers, { assign: to });
    const { assignee = null, team = null } = this.inbox.room(consumer).value ?? {};
    return this.#one({ command: "assign", consumer, ...to, expect: { agent: assignee, team } });
  }

  label(consumers: readonly string[], { add = [], drop = [] }: { add?: string[]; drop?: string[] }) {
    if (consumers.length > 1) return this.#bulk(consumers, { label: { add, drop } });
    return this.#one({ command: "label", consumer: consumers[0]!, add, drop });
  }

  /** `until`: milliseconds since 1970; null ends it. */
  async snooze(consumers: readonly string[], until: number | "reply" | null): Promise<boolean> {
    const time = typeof until === "number" ? new Date(until).toISOString() : until;
    const isDone = consumers.length > 1
      ? await this.#bulk(consumers, { snooze: time }, time === null ? "unsnoozed" : "snoozed")
      : await this.#one({ command: "snooze", consumer: consumers[0]!, until: time });
    if (!isDone || time === null || consumers.length > 1) return isDone;
    this.toast.value = {
      text: say("snoozed_toast", { name: this.#name(consumers[0]!) }),
      undo: () => void this.snooze(consumers, null),
    };
    return true;
  }

  /** Resolves, with a way back. */
  async resolve(consumers: readonly string[]): Promise<boolean> {
    const undo = () => void this.reopen(consumers);
    if (consumers.length > 1) return await this.#bulk(consumers, { status: "resolved" }, "resolved", undo);
    const isDone = await this.#one({ command: "update_room", consumer: consumers[0]!, status: "resolved" });
    if (isDone) {
      this.toast.value = { text: say("resolved_toast", { name: this.#name(consumers[0]!) }), undo };
    }
    return isDone;
  }

  reopen(consumers: readonly string[]): Promise<boolean> {
    if (consumers.length > 1) return this.#bulk(consumers, { status: "open" }, "reopened");
    return this.#one({ command: "update_room", consumer: consumers[0]!, status: "open" });
  }

  markUnread(consumer: string): void {
    if (this.#tell({ command: "mark_unread", consumer })) {
      this.toast.value = { text: say("unread_toast", { name: this.#name(consumer) }) };
    }
  }

  /** Whether it was sent; a refusal comes as a toast. */
  editText(consumer: string, seq: number, content: string): boolean {
    return this.#tell({ command: "edit_message", consumer, seq, content });
  }

  deleteText(consumer: string, seq: number): boolean {
    return this.#tell({ command: "delete_message", consumer, seq });
  }

  /** Takes back what the toast names. */
  undo(): boolean {
    const { undo } = this.toast.value ?? {};
    if (!undo) return false;
    this.toast.value = undefined;
    undo();
    return true;
  }

  /** A command was refused. */
  failed({ error, re }: ErrorFrame): void {
    if (re === undefined || !commands.includes(re)) return;
    const text = error.code === "conflict"
      ? say("conflict")
      : error.code === "not_allowed"
      ? say("not_allowed")
      : say("act_failed", { why: error.message });
    this.toast.value = { text, isAlert: true };
  }

  #tell(frame: ClientFrame): boolean {
    const isSent = this.send(frame);
    if (!isSent) this.toast.value = { text: say("not_while_cut"), isAlert: true };
    return isSent;
  }

  #one(frame: ClientFrame): Promise<boolean> {
    return Promise.resolve(this.#tell(frame));
  }

  async #bulk(consumers: readonly string[], act: BulkAct, done = "changed", undo?: () => void) {
    try {
      const body = { consumers: consumers.slice(0, maxBulkRooms), act };
      const { results } = await call<BulkResult>("POST", "/messages/api/rooms/bulk", body);
      const failed = results.filter(({ ok }) => !ok).map(({ consumer, error }) => ({
        name: this.#name(consumer),
        why: error?.message ?? "",
      }));
      const text = count(`bulk_${done}`, results.length - failed.length);
      this.toast.value = { text, failed, isAlert: failed.length > 0, undo };
      return true;
    } catch (error) {
      this.toast.value = { text: failureWords(error), isAlert: true };
      return false;
    }
  }

  #name(consumer: string): string {
    return nameOf(this.inbox.room(consumer).value ?? { consumer });
  }
}
