import { useEffect, useState } from "preact/hooks";
import type { FlowDraft, FlowList } from "../../../../protocol/flows.ts";
import { addStyle } from "../../controls/add_style.ts";
import { Button } from "../../controls/button.tsx";
import { call } from "../../service/calls.ts";
import { failureWords } from "../../words/failure_words.ts";

import { PartHead } from "../controls/part_head.tsx";
import { type BotPartProps, tabPath } from "../tabs.ts";
import { FlowEditor } from "./flow_editor.tsx";
import { say } from "./words/flow_words.ts";
import "../knowledge_style.ts";
import style from "./flows.css" with { type: "text" };

addStyle(style);

const newItem = "new";
const byStart = { phrases: "flow_phrases", button: "flow_button", greeting: "flow_greeting" } as const;

/** `/messages/bot/flows`: all flows, or one of them. */
export function FlowsPart(props: BotPartProps) {
  const [starter, setStarter] = useState<FlowDraft>();
  const { item } = props;
  const begin = (flow?: FlowDraft) => {
    setStarter(flow);
    props.go(tabPath("flows", newItem));
  };
  if (item === undefined) return <AllFlows {...props} begin={begin} />;
  return <FlowEditor key={item} {...props} id={item === newItem ? undefined : item} starter={starter} />;
}

function AllFlows({ mayEdit, begin }: BotPartProps & { begin(flow?: FlowDraft): void }) {
  const [flows, setFlows] = useState<FlowList["flows"]>(),
    [starters, setStarters] = useState<FlowDraft[]>([]);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    const load = async () => {
      const all = (await call<FlowList>("GET", "/messages/api/flows")).flows;
      setFlows(all);
      if (all.length > 0 || !mayEdit) return;
      const query = `?locale=${encodeURIComponent(document.documentElement.lang)}`;
      setStarters((await call<{ flows: FlowDraft[] }>("GET", `/messages/api/flows/starters${query}`)).flows);
    };
    load().catch(setError);
  }, []);
  return (
    <div class="bot-column" aria-busy={!flows && !error}>
      <PartHead title={say("flow_title")} hint={say("flow_hint")}>
        {mayEdit && <Button kind="main" onClick={() => begin()}>{say("flow_new")}</Button>}
      </PartHead>
      {error !== undefined && <p class="problem" role="alert">{failureWords(error)}</p>}
      {flows?.length === 0 && mayEdit && (
        <>
          <p class="hint">{say("flow_none")}</p>
          <div class="flow-told">
            {starters.map((flow) => (
              <Button key={flow.title} onClick={() => begin(flow)}>{flow.title}</Button>
            ))}
          </div>
        </>
      )}
      <ul class="flow-list">
        {flows?.map(({ id, title, start, steps, enabled }) => (
          <li key={id}>
            <a href={tabPath("flows", id)} dir="auto">{title}</a>
            <span>
              {say(byStart[start])} · {say("flow_steps_n", { n: steps })}
              {!enabled && ` · ${say("flow_off")}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
