import type { ClientFrame, ServerFrame } from "../../../protocol/frames.ts";
import { StaffLog } from "./staff_log.ts";

type Frame<C extends ServerFrame["command"]> = Extract<ServerFrame, { command: C }>;

/** The staff logs of the open histories. */
export class StaffLogs {
  #logs = new Map<string, StaffLog>();

  constructor(private readonly send: (frame: ClientFrame) => boolean) {}

  of(consumer: string): StaffLog | undefined {
    return this.#logs.get(consumer);
  }

  follow(consumer: string): void {
    const log = new StaffLog(consumer, this.send);
    this.#logs.set(consumer, log);
    log.resume();
  }

  unfollow(consumer: string): void {
    this.#logs.delete(consumer);
  }

  /** The connection is new. */
  resume(): void {
    for (const log of this.#logs.values()) log.resume();
  }

  heard({ consumer, entry }: Frame<"staff">): void {
    this.#logs.get(consumer)?.heard(entry);
  }

  page(frame: Frame<"staff_entries">): void {
    this.#logs.get(frame.consumer)?.page(frame);
  }

  /** A request was refused; which one is not said. */
  refused(): void {
    for (const log of this.#logs.values()) log.refused();
  }
}
