import { useEffect } from "preact/hooks";
import { signal } from "@preact/signals";
import { maxButtons } from "../../../../protocol/limits.ts";
import { Button, IconButton } from "../../controls/button.tsx";
import { Field } from "../../controls/field.tsx";
import { Drawing, drawings } from "../controls/drawing.tsx";
import { Select } from "../controls/select.tsx";
import { answerTitles, flowTitles, type Titled } from "../state/titles.ts";
import type { ButtonAct, ButtonDraft } from "../state/kinds.ts";
import { problemAt } from "../state/problem_at.ts";
import { say } from "../words/knowledge_words.ts";

const targets = signal<{ answers: readonly Titled[]; flows: readonly Titled[] }>({ answers: [], flows: [] });

interface AnswerButtonsProps {
  buttons: readonly ButtonDraft[];
  /** The answer that they are of. */
  own?: string | undefined;
  mayEdit: boolean;
  wrong: Record<string, string>;
  set(buttons: ButtonDraft[]): void;
}

/** What a visitor can press under an answer. */
export function AnswerButtons({ buttons, own, mayEdit, wrong, set }: AnswerButtonsProps) {
  const isUsed = buttons.length > 0;
  useEffect(() => {
    if (isUsed) void loadTargets();
  }, [isUsed]);
  const put = (n: number, change: Partial<ButtonDraft>) =>
    set(buttons.map((button, i) => i === n ? { ...button, ...change } : button));
  return (
    <div class="bot-buttons" role="group" aria-label={say("kn_buttons")}>
      <span class="bot-label" aria-hidden="true">{say("kn_buttons")}</span>
      {buttons.map((button, n) => (
        <div class="bot-button" key={n} role="group" aria-label={say("kn_button", { n: n + 1 })}>
          <Field
            label={say("kn_button_label")}
            value={button.label}
            maxLength={40}
            dir="auto"
            problem={problemAt(wrong, `buttons.${n}.label`)}
            onInput={({ currentTarget }) =>
              put(n, { label: currentTarget.value })}
          />
          <Select
            label={say("kn_button_does")}
            options={acts.map((act) => [act, say(`kn_do_${act}`)])}
            value={actOf(button.do)}
            onChange={(act) =>
              put(n, { do: emptyActs[act] })}
          />
          <Target
            act={button.do}
            own={own}
            problem={problemAt(wrong, `buttons.${n}.do`)}
            set={(act) =>
              put(n, { do: act })}
          />
          {mayEdit && (
            <IconButton
              icon="close"
              label={say("kn_drop_button", { n: n + 1 })}
              onClick={() =>
                set(buttons.filter((_, i) => i !== n))}
            />
          )}
        </div>
      ))}
      {mayEdit && buttons.length < maxButtons && (
        <Button
          kind="quiet"
          onClick={() => set([...buttons, { label: "", do: { person: true } }])}
        >
          <Drawing shape={drawings.add} /> {say("kn_add_button")}
        </Button>
      )}
    </div>
  );
}

const acts = ["answer", "flow", "url", "person"] as const;
type Act = typeof acts[number];

const emptyActs: Record<Act, ButtonAct> = {
  answer: { answer: "" },
  flow: { flow: "" },
  url: { url: "" },
  person: { person: true },
};
const actOf = (act: ButtonAct): Act => acts.find((name) => name in act)!;

function Target({ act, own, problem, set }: {
  act: ButtonAct;
  own?: string | undefined;
  problem?: string | undefined;
  set(act: ButtonAct): void;
}) {
  const { answers, flows } = targets.value;
  if ("url" in act) {
    return (
      <Field
        label={say("kn_address")}
        type="url"
        dir="ltr"
        placeholder="https://"
        value={act.url}
        problem={problem}
        onInput={({ currentTarget }) => set({ url: currentTarget.value })}
      />
    );
  }
  const choice = (all: readonly Titled[]) => [["", say("kn_choose_one")], ...all] as [string, string][];
  if ("answer" in act) {
    return (
      <div>
        <Select
          label={say("kn_which_answer")}
          options={choice(answers.filter(([id]) => id !== own))}
          value={act.answer}
          onChange={(answer) => set({ answer })}
        />
        {problem && <p class="problem">{problem}</p>}
      </div>
    );
  }
  if ("flow" in act) {
    return (
      <div>
        <Select
          label={say("kn_which_flow")}
          options={choice(flows)}
          value={act.flow}
          onChange={(flow) => set({ flow })}
        />
        {problem && <p class="problem">{problem}</p>}
      </div>
    );
  }
  return <span />;
}

async function loadTargets(): Promise<void> {
  const [answers, flows] = await Promise.all(
    [answerTitles(), flowTitles()].map((all) => all.catch(() => [])),
  );
  targets.value = { answers: answers!, flows: flows! };
}
