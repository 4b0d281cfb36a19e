import type { Message } from "../../../protocol/records.ts";
import type { Letter } from "../../client/outbox.ts";
import { useLive } from "../service/live_context.ts";
import { say, type Word } from "../words/words.ts";
import { Bubble, Refused } from "./bubble.tsx";

const reasons: Partial<Record<NonNullable<Letter["refused"]>, Word>> = {
  too_long: "not_sent_long",
  expired: "not_sent_old",
};

/** What was written and has not come back from the service, in the order it was written. */
export function Pending({ letters, last }: { letters: readonly Letter[]; last?: Message }) {
  const live = useLive();
  return (
    <>
      {letters.map((letter, i) =>
        letter.refused
          ? (
            <Refused
              key={letter.client_id}
              content={letter.content}
              why={reasons[letter.refused] ?? "not_sent"}
              retry={letter.refused === "too_long" ? undefined : () => live.retry(letter.client_id)}
            />
          )
          : (
            <Bubble
              key={letter.client_id}
              content={letter.content}
              at={letter.at}
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
