import type { Message } from "../../../protocol/records.ts";
import type { PendingMessage } from "../../client/outbox.ts";
import { useLive } from "../service/live_context.ts";
import { say, type Word } from "../words/words.ts";
import { Bubble, Refused } from "./bubble.tsx";

const reasons: Partial<Record<NonNullable<PendingMessage["refused"]>, Word>> = {
  too_long: "not_sent_long",
  expired: "not_sent_old",
};

/** Messages not yet acknowledged by the service, in the order they were written. */
export function Pending({ pending, last }: { pending: readonly PendingMessage[]; last?: Message }) {
  const live = useLive();
  return (
    <>
      {pending.filter(({ refused }) => refused !== "overtaken").map((message, i) =>
        message.refused
          ? (
            <Refused
              key={message.client_id}
              content={message.content}
              why={reasons[message.refused] ?? "not_sent"}
              retry={message.refused === "too_long" ? undefined : () => live.retry(message.client_id)}
            />
          )
          : (
            <Bubble
              key={message.client_id}
              content={message.content}
              at={message.at}
              isOwn
              isFirst={i === 0 && last?.side !== "admin"}
              by={say("you")}
              progress="sending"
            />
          )
      )}
    </>
  );
}
