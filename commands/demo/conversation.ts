/** One line of a conversation: "v" the visitor, "a" the admin, "r" the admin resolves. */
export type Line = readonly ["v" | "a", string] | readonly ["r"];

/** A conversation as it was written for the demo; {item}, {colour}, {order}, {city} differ from room to room. */
export interface Conversation {
  /** Tag of the language and, for `Intl`, of the visitor's browser. */
  locale: string;
  lines: readonly Line[];
}
