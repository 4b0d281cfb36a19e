import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "./button.tsx";
import type { Shape } from "./icon.tsx";

interface MenuProps {
  icon: Shape;
  label: string;
  /** Its content; `close` closes it. */
  children: (close: () => void) => ComponentChildren;
}

/** A button with a menu below it. */
export function Menu({ icon, label, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!isOpen) return;
    const outside = ({ target }: Event) => !ref.current?.contains(target as Node) && setOpen(false);
    ref.current?.querySelector<HTMLElement>(".menu-body :is(a, button, select, input)")?.focus();
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    ref.current?.querySelector("button")?.focus();
  };
  return (
    <div
      class="menu"
      ref={ref}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        event.preventDefault();
        close();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget && !ref.current?.contains(relatedTarget as Node)) setOpen(false);
      }}
    >
      <IconButton icon={icon} label={label} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} />
      {isOpen && <div class="menu-body">{children(close)}</div>}
    </div>
  );
}
