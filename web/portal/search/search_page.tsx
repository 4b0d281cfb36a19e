import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { SearchHit } from "../../../protocol/portal.ts";
import type { Room } from "../../../protocol/records.ts";
import { Timer } from "../../client/timer.ts";
import { Avatar } from "../controls/avatar.tsx";
import { addStyle } from "../controls/add_style.ts";
import { Button } from "../controls/button.tsx";
import { Icon } from "../controls/icon.tsx";
import { nameOf } from "../words/names.ts";
import { inboxPath, searchPath, threadPath } from "../shell/paths.ts";
import { fullWhen, shortWhen } from "../words/times.ts";
import { failureWords } from "../words/failure_words.ts";
import { count, say } from "./search_words.ts";
import { Results } from "./results.ts";
import style from "./search.css" with { type: "text" };
import { snippet } from "./snippet.ts";

addStyle(style);

/** Debounce of typing. Milliseconds. */
const restMs = 180;

/** Searches all messages and visitors of this admin. */
export function SearchPage({ q }: { q: string }) {
  const { route } = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const results = useMemo(() => new Results(), []);
  const rest = useMemo(() => new Timer(), []);
  const [text, setText] = useState(q), put = useRef(q);
  // At once, and its code is preloaded: what is typed after the shortcut must not be taken for more shortcuts.
  useLayoutEffect(() => {
    input.current?.focus();
    if (q) void results.ask(q);
    // A user who has navigated on must not be brought back.
    return () => rest.clear();
  }, []);
  const typed = (text: string) => {
    setText(text);
    rest.set(restMs, () => {
      void results.ask(text);
      put.current = text;
      route(searchPath(text), true);
    });
  };
  // A link to this page leads to another search.
  useLayoutEffect(() => {
    if (q === put.current) return;
    put.current = q;
    rest.clear();
    setText(q);
    void results.ask(q);
    input.current?.focus();
  }, [q]);
  const { people, messages, cursor, state, isComplete } = results.found.value;
  const shown = people.length + messages.length;
  const scroller = useRef<HTMLDivElement>(null), seen = useRef<number | undefined>(undefined);
  const more = () => {
    seen.current = shown;
    void results.more();
  };
  // The button disappears with the last page; the focus moves to the first new result.
  useLayoutEffect(() => {
    const first = seen.current === undefined
      ? undefined
      : scroller.current!.querySelectorAll("a.hit")[seen.current];
    if (cursor === undefined) (first as HTMLElement | undefined)?.focus();
    seen.current = undefined;
  }, [shown]);
  return (
    <main class="search" id="main" tabIndex={-1}>
      <h1 class="spoken">{say("search")}</h1>
      <header class="search-head">
        <a class="icon-button back" href={inboxPath} aria-label={say("back")}>
          <Icon shape="back" />
        </a>
        <div class="search-box">
          <Icon shape="search" />
          <input
            ref={input}
            type="search"
            value={text}
            maxLength={200}
            autocomplete="off"
            placeholder={say("search_all")}
            aria-label={say("search_all")}
            aria-describedby="search-hint"
            onInput={(event) => typed(event.currentTarget.value)}
          />
        </div>
      </header>
      <div class="search-scroll" ref={scroller} aria-busy={state === "asking"}>
        <p id="search-hint" class="hint">{say("search_hint")}</p>
        <p class="spoken" role="status">{state === "there" ? count("results", shown) : ""}</p>
        {state === "idle" && <p class="quiet-note">{say("search_start")}</p>}
        {state === "failed" && (
          <div class="quiet-note" role="alert">
            <p>{say("search_failed")} {failureWords(results.found.value.error)}</p>
            <Button onClick={() => (input.current!.focus(), void results.ask(text))}>
              {say("try_again")}
            </Button>
          </div>
        )}
        {state === "there" && shown === 0 && (
          <p class="quiet-note">{say("search_none", { q: text.trim() })}</p>
        )}
        {people.length > 0 && <People rooms={people} />}
        {messages.length > 0 && <Messages hits={messages} />}
        {!isComplete && <p class="hint" role="status">{say("search_building")}</p>}
        {cursor !== undefined && (
          <Button
            class="more"
            busy={state === "asking"}
            onClick={more}
          >
            {say("more_results")}
          </Button>
        )}
      </div>
    </main>
  );
}

function People({ rooms }: { rooms: Room[] }) {
  return (
    <section aria-labelledby="found-people">
      <h2 id="found-people">{say("search_people")}</h2>
      <ul class="hits">
        {rooms.map((room) => (
          <li key={room.consumer}>
            <a class="hit" href={threadPath(room.consumer)}>
              <Avatar consumer={room.consumer} name={room.visitor?.name} online={room.online} />
              <span class="hit-text">
                <bdi class="hit-name">{nameOf(room)}</bdi>
                <span class="hit-said">{room.visitor?.email ?? shortWhen(Date.parse(room.active))}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Messages({ hits }: { hits: SearchHit[] }) {
  return (
    <section aria-labelledby="found-messages">
      <h2 id="found-messages">{say("search_messages")}</h2>
      <ul class="hits">
        {hits.map(({ room, message, marks, cut }) => (
          <li key={message.id}>
            <a class="hit" href={threadPath(room.consumer, message.seq)}>
              <Avatar consumer={room.consumer} name={room.visitor?.name} online={room.online} />
              <span class="hit-text">
                <span class="hit-line">
                  <bdi class="hit-name">{nameOf(room)}</bdi>
                  <time dateTime={message.created} title={fullWhen(Date.parse(message.created))}>
                    {shortWhen(Date.parse(message.created))}
                  </time>
                </span>
                <span class="hit-said">
                  {message.side === "admin" && say("you_said", { text: "" })}
                  <bdi>
                    {snippet(message.content, marks, cut).map(({ text, isFound }, i) =>
                      isFound ? <mark key={i}>{text}</mark> : text
                    )}
                  </bdi>
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
