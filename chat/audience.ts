import type { ChatbotPublic } from "../protocol/chatbot.ts";
import type { Message, Side } from "../protocol/records.ts";
import type { RoomKey, RoomRecord } from "../db/store.ts";

/** Something that happened, for whoever has a socket open. Stored things are stored before they are told. */
export type ChatEvent =
  | { type: "message"; key: RoomKey; message: Message }
  | { type: "room_opened"; room: RoomRecord }
  /** `often`: a visitor can cause it as often as it likes, so it is told at most once a second. */
  | { type: "room_updated"; room: RoomRecord; often?: boolean }
  | { type: "read"; key: RoomKey; by: Side; seq: number; from?: Sender }
  | { type: "typing"; key: RoomKey; by: Side; typing: boolean; from?: Sender }
  | { type: "chatbot_updated"; chatbot: ChatbotPublic }
  /** An identity token has opened this room. */
  | { type: "visitor_vouched"; key: RoomKey }
  /** The site's users are vouched for by another secret; this is its fingerprint. */
  | { type: "identity_rolled"; admin: string; secret: string }
  | { type: "sessions_ended"; username: string; jtis: string[] }
  | { type: "visitor_blocked"; key: RoomKey }
  | { type: "visitor_forgotten"; key: RoomKey }
  | { type: "account_forgotten"; username: string };

/** The socket that caused an event, to leave it out. */
export type Sender = object;

/** Whoever listens. Implemented by the hub; telling never fails and never waits. */
export interface Audience {
  tell(event: ChatEvent): void;
  /** Whether this side of the room has a socket open. */
  isAdminOnline(admin: string): boolean;
  isVisitorOnline(key: RoomKey): boolean;
}
