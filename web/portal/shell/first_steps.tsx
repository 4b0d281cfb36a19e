import { useEffect, useState } from "preact/hooks";
import type { Chatbot } from "../../../protocol/chatbot.ts";
import { textOn } from "../../ui/accent.ts";
import { call } from "../service/calls.ts";
import { addStyle } from "../controls/add_style.ts";
import { Button } from "../controls/button.tsx";
import { CopyLine } from "../controls/copy_line.tsx";
import { Field } from "../controls/field.tsx";
import { Icon } from "../controls/icon.tsx";
import { useLive } from "../service/live_context.ts";
import { settingsPath, threadPath } from "./paths.ts";
import { service } from "../service/service.ts";
import { applyAccent } from "./apply_theme.ts";
import { failureWords } from "../words/failure_words.ts";
import { say } from "./first_steps_words.ts";
import style from "./first_steps.css" with { type: "text" };

addStyle(style);

const colours = ["#0f766e", "#1d4ed8", "#7c3aed", "#be185d", "#b45309", "#1f2937"];

/** The script tag that embeds the chat. */
export const embedLine = (workspace: string): string =>
  `<script async src="${service}/widget.js" data-admin="${workspace}"></script>`;

/** Onboarding without any conversation: four steps to the first message, and who else answers. */
export function FirstSteps() {
  const { username, workspace, inbox, team } = useLive();
  const members = team.members.value.length;
  const first = inbox.shown.value.rooms[0]?.consumer;
  return (
    <div class="start" id="main" tabIndex={-1}>
      <div class="start-inner">
        <h1>{say("start_title", { name: username })}</h1>
        <p class="muted">{say("start_text")}</p>
        <ol class="steps">
          <li>
            <h2>{say("start_name")}</h2>
            <NameIt />
          </li>
          <li>
            <h2>{say("start_embed")}</h2>
            <CopyLine text={embedLine(workspace)} label={say("start_embed")} />
            <p class="hint">{say("start_embed_text")}</p>
          </li>
          <li>
            <h2>{say("start_try")}</h2>
            <p>{say("start_try_text")}</p>
            <a
              class="button plain"
              href={`${service}/chatbot/${workspace}/${testId()}`}
              target="_blank"
              rel="noopener"
            >
              <Icon shape="open" /> {say("test_page")}
            </a>
          </li>
          <li>
            <h2>{say("start_hear")}</h2>
            <p class="start-wait" role="status">
              {first ? <a class="button main" href={threadPath(first)}>{say("start_done")}</a> : (
                <>
                  <span class="pulse" /> {say("start_waiting")}
                </>
              )}
            </p>
          </li>
          <li>
            <h2>{say("start_invite")}</h2>
            {members > 1
              ? (
                <p class="start-wait" role="status">
                  <Icon shape="check" /> {say("start_invite_done", { n: members })}
                </p>
              )
              : (
                <>
                  <p>{say("start_invite_text")}</p>
                  <a class="button plain" href={settingsPath("members")}>
                    <Icon shape="user" /> {say("start_invite_button")}
                  </a>
                </>
              )}
          </li>
        </ol>
      </div>
    </div>
  );
}

/** An unguessable id, stable while this tab is open. */
function testId(): string {
  const key = "parlor:tester";
  const known = sessionStorage.getItem(key) ?? crypto.randomUUID();
  sessionStorage.setItem(key, known);
  return known;
}

/** Title and colour, saved as soon as they are chosen. */
function NameIt() {
  const [chatbot, setChatbot] = useState<Pick<Chatbot, "title" | "accent">>();
  const [state, setState] = useState<"idle" | "busy" | "saved">("idle");
  const [problem, setProblem] = useState("");
  useEffect(() => void call<Chatbot>("GET", "/chatbot/api").then(setChatbot, () => {}), []);
  if (!chatbot) return <div class="bone bone-field" />;
  const change = (changes: Partial<typeof chatbot>) => {
    setChatbot({ ...chatbot, ...changes });
    setState("idle");
  };
  const save = async () => {
    setState("busy");
    setProblem("");
    const { title, accent } = chatbot;
    await call("POST", "/chatbot/api", { title, accent }).then(() => {
      applyAccent(accent);
      setState("saved");
    }, (error) => {
      setProblem(failureWords(error));
      setState("idle");
    });
  };
  return (
    <form class="name-it" onSubmit={(event) => (event.preventDefault(), void save())}>
      <Field
        label={say("start_chat_title")}
        value={chatbot.title}
        maxLength={80}
        onInput={(event: InputEvent) => change({ title: (event.currentTarget as HTMLInputElement).value })}
      />
      <fieldset class="colours">
        <legend>{say("start_colour")}</legend>
        {colours.map((colour) => (
          <label key={colour} class="colour" style={{ background: colour, color: textOn(colour) }}>
            <input
              type="radio"
              name="accent"
              value={colour}
              aria-label={colour}
              checked={chatbot.accent === colour}
              onChange={() =>
                change({ accent: colour })}
            />
            <Icon shape="check" />
          </label>
        ))}
      </fieldset>
      <div class="buttons">
        <Button type="submit" busy={state === "busy"}>{say("save")}</Button>
        <span role="status" class="muted">
          {state === "saved" ? say("saved") : problem}
        </span>
      </div>
    </form>
  );
}
