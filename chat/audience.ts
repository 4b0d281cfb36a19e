import type { ChatbotPublic } from "../protocol/chatbot.ts";
import type { Message, Side } from "../protocol/records.ts";
import type { RoomKey, RoomRecord } from "../db/store.ts";

/** An event for sockets. Stored things are stored before the event is sent. */
export type ChatEvent =
  | { type: "message"; key: RoomKey; message: Message }
  | { type: "room_opened"; room: RoomRecord }
  /** `often`: a visitor can cause it at will, so it is sent at most once a second. */
  | { type: "room_updated"; room: RoomRecord; often?: boolean }
  /** `isShown`: the visitor has been told before. */
  | { type: "read"; key: RoomKey; by: Side; seq: number; isShown?: boolean; from?: Sender }
  | { type: "typing"; key: RoomKey; by: Side; typing: boolean; from?: Sender }
  /** A text of the bot while it is written, as the message `id` will be; told to sockets of this process alone. */
  | { type: "partial"; key: RoomKey; id: string; at: number; text: string }
  | { type: "partial"; key: RoomKey; id: string; gone: true }
  | { type: "chatbot_updated"; chatbot: ChatbotPublic }
  /** An identity token has opened this room. */
  | { type: "visitor_vouched"; key: RoomKey }
  /** The identity secret was replaced; this is the fingerprint of the new one. */
  | { type: "identity_rolled"; admin: string; secret: string }
  | { type: "sessions_ended"; username: string; jtis: string[] }
  | { type: "visitor_blocked"; key: RoomKey }
  /** `isMoved`: its room was merged into another one. */
  | { type: "visitor_forgotten"; key: RoomKey; isMoved?: boolean }
  /** The messages of another room were moved to its end, or it was made of one. */
  | { type: "room_moved"; room: RoomRecord }
  | { type: "account_forgotten"; username: string }
  /** What a member's socket has before it: `socket` names it, `consumer` is null for no room. */
  | {
    type: "watching";
    admin: string;
    socket: string;
    agent: string;
    consumer: string | null;
    composing: boolean;
  };

/** The socket that caused an event, which does not receive it. */
export type Sender = object;

/** Receives events. Implemented by the hub; `tell` never throws and never waits. */
export interface Audience {
  tell(event: ChatEvent): void;
  /** Whether somebody who may answer and is available has an open socket; whether the visitor has one. */
  isAdminOnline(admin: string): boolean;
  isVisitorOnline(key: RoomKey): boolean;
  /** Whether an agent has an open socket, or had one in the last `withinMs` milliseconds. */
  isAgentHere(admin: string, agent: string, withinMs?: number): boolean;
}
