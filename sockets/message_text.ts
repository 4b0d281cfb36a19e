import type { Message } from "../protocol/records.ts";

/** Whether a message holds more than a client without the subprotocol is to get. Few do. */
export const carriesMore = ({ by, extra, reply, edited }: Message): boolean =>
  by !== undefined || extra !== undefined || reply !== undefined || edited !== undefined;

/** A message as a client without the subprotocol gets it: its text, by the admin or the visitor. */
export function asText(message: Message): Message {
  if (!carriesMore(message)) return message;
  const { by: _, extra: __, reply: ___, edited: ____, ...text } = message;
  return text;
}
