import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../controls/icon.tsx";
import { useModal } from "../controls/use_modal.ts";
import { say } from "../words/words.ts";

/** One entry of a palette. */
export interface Choice {
  id: string;
  name: string;
  hint?: string;
  /** Left of the name. */
  mark?: ComponentChildren;
  isOn?: boolean;
  /** The heading above it, where it begins a group. */
  group?: string;
  pick(): void;
}

interface PaletteProps {
  title: string;
  choices: readonly Choice[];
  /** Several may be picked: it stays open, and picking switches. */
  isMulti?: boolean;
  close(): void;
  children?: ComponentChildren;
}

/** A list to choose from by typing, arrow keys or pointer. */
export function Palette({ title, choices, isMulti = false, close, children }: PaletteProps) {
  const modal = useModal(close), id = useId();
  const [query, setQuery] = useState(""), [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const wanted = query.trim().toLowerCase();
  const found = choices.filter(({ name, hint = "" }) => `${name} ${hint}`.toLowerCase().includes(wanted));
  const here = Math.min(at, Math.max(0, found.length - 1));
  useLayoutEffect(() => input.current?.focus(), []);
  useLayoutEffect(() => {
    document.getElementById(`${id}-${here}`)?.scrollIntoView({ block: "nearest" });
  }, [here]);
  const pick = (choice: Choice | undefined) => {
    if (!choice) return;
    if (!isMulti) close();
    choice.pick();
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((here + step + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") pick(found[here]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      {...modal}
      class="palette"
      aria-label={title}
      onClick={(event) => event.target === modal.ref.current && close()}
    >
      <div class="palette-inner">
        <div class="palette-ask">
          <Icon shape="search" />
          <input
            ref={input}
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={id}
            aria-activedescendant={found.length > 0 ? `${id}-${here}` : undefined}
            aria-label={title}
            placeholder={title}
            autocomplete="off"
            value={query}
            onInput={(event) => (setQuery(event.currentTarget.value), setAt(0))}
            onKeyDown={keyed}
          />
        </div>
        <ul id={id} role="listbox" aria-label={title} aria-multiselectable={isMulti} class="palette-list">
          {found.map((choice, i) => (
            <li
              key={choice.id}
              id={`${id}-${i}`}
              role="option"
              class={`palette-choice ${i === here ? "here" : ""}`}
              aria-selected={isMulti ? choice.isOn ?? false : i === here}
              data-group={choice.group}
              onMouseMove={() => i !== here && setAt(i)}
              onClick={() => pick(choice)}
            >
              {choice.mark}
              <bdi>{choice.name}</bdi>
              {choice.hint && <span class="palette-hint">{choice.hint}</span>}
              {choice.isOn && <Icon shape="check" />}
            </li>
          ))}
        </ul>
        {found.length === 0 && <p class="palette-none" role="status">{say("nothing_found")}</p>}
        {children}
      </div>
    </dialog>
  );
}
