import type { Message, MessageExtra } from "../protocol/records.ts";

/** Whether a message holds more than a client without the subprotocol is to get. Few do. */
export const carriesMore = ({ by, extra, reply, edited }: Message): boolean =>
  by !== undefined || extra !== undefined || reply !== undefined || edited !== undefined;

/** A message as a client without the subprotocol gets it: its text with its buttons as lines, by the admin or the visitor. */
export function asText(message: Message): Message {
  if (!carriesMore(message)) return message;
  const { by: _, extra, reply: __, edited: ___, ...text } = message;
  return extra ? { ...text, content: [text.content, ...linesOf(extra)].join("\n") } : text;
}

/** What a message offers besides its text. */
function linesOf(extra: MessageExtra): string[] {
  if (extra.type !== "buttons" && extra.type !== "answer") return [];
  return (extra.buttons ?? []).map(({ label, url }) =>
    url === undefined ? `• ${label}` : `• ${label}: ${url}`
  );
}
