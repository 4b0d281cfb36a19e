import type { ComponentChildren, JSX } from "preact";
import { Icon, type Shape } from "./icon.tsx";

type Kind = "main" | "plain" | "danger" | "quiet";

interface ButtonProps extends Omit<JSX.IntrinsicElements["button"], "icon"> {
  kind?: Kind;
  icon?: Shape;
  /** Something it began is under way: it stays where it is and does nothing more. */
  busy?: boolean;
  children?: ComponentChildren;
}

/** A button with words, and perhaps an icon before them. */
export function Button({ kind = "plain", icon, busy, children, class: more, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button ${kind} ${more ?? ""}`}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
    >
      {icon && <Icon shape={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<JSX.IntrinsicElements["button"], "label"> {
  icon: Shape;
  label: string;
}

/** A button of an icon alone; its words are its name and its tip. */
export function IconButton({ icon, label, class: more, ...rest }: IconButtonProps) {
  return (
    <button type="button" title={label} {...rest} aria-label={label} class={`icon-button ${more ?? ""}`}>
      <Icon shape={icon} />
    </button>
  );
}
