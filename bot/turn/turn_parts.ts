import type { Chat } from "../../chat/chat.ts";
import type { FlowSeen } from "../../protocol/flows.ts";
import type { Brain } from "../brain.ts";
import type { Generate } from "../llm/generate.ts";

/** A flow as a turn runs it. */
export type TurnFlow = Pick<FlowSeen, "id" | "start" | "steps" | "locales" | "enabled">;

/** What a turn is made of. */
export interface TurnParts {
  chat: Chat;
  brain: Pick<Brain, "read" | "passages">;
  /** A flow of a workspace. @throws {Unavailable} */
  flow(workspace: string, id: string): Promise<TurnFlow | undefined>;
  /** The flow that a visitor's first text starts. @throws {Unavailable} */
  greeting(workspace: string): Promise<TurnFlow | undefined>;
  /** Absent: no language model. */
  generate?: Generate;
  /** Of this process. */
  instance: string;
  onFault(error: unknown): void;
}
