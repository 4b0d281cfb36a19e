import { Icon } from "../../controls/icon.tsx";
import type { ReviewState } from "./review_state.ts";
import { count, say } from "./words/review_words.ts";

/** All questions of the sitting, those that are decided ticked. */
export function QuestionList({ review }: { review: ReviewState }) {
  const { shown, at } = review;
  return (
    <ol class="rev-list" aria-label={say("rev_list")}>
      {shown.value.map(({ group, decision }, i) => (
        <li key={i}>
          <button
            type="button"
            class={`rev-row ${decision ? "decided" : ""}`}
            aria-current={i === at.value ? "true" : undefined}
            onClick={() => at.value = i}
          >
            <bdi class="rev-row-text">{group.text}</bdi>
            <span class="rev-row-note">
              {decision
                ? (
                  <>
                    <Icon shape="check" /> {decidedWords(decision)}
                  </>
                )
                : outcomeWords(group.outcome)}
            </span>
            {!decision && group.count > 1 && (
              <span class="rev-row-count">{count("rev_asked", group.count)}</span>
            )}
          </button>
        </li>
      ))}
    </ol>
  );
}

type Decided = NonNullable<ReviewState["shown"]["value"][number]["decision"]>;

export function decidedWords(decision: Decided): string {
  if ("title" in decision) return say(`rev_told_${decision.kind}`, { title: decision.title });
  return say(decision.kind === "taken" ? "rev_taken" : "rev_told_dismissed");
}

type Outcome = ReviewState["shown"]["value"][number]["group"]["outcome"];

/** What became of a question. */
function outcomeWords(outcome: Outcome): string {
  return say(outcome === "small_talk" ? "rev_answered" : `rev_${outcome}`);
}
