import type { ComponentChildren } from "preact";

/** The head of a tab: its title, what it is about, and what can be done. */
export function PartHead({ title, hint, children }: {
  title: string;
  hint?: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <header class="bot-head">
      <div>
        <h1 id="bot-title" tabIndex={-1}>{title}</h1>
        {hint && <p class="bot-hint">{hint}</p>}
      </div>
      {children && <div class="bot-acts">{children}</div>}
    </header>
  );
}
