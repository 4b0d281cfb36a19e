import type { ComponentChildren, JSX } from "preact";
import { Icon, type Shape } from "./icon.tsx";

type Kind = "main" | "plain" | "danger" | "quiet";

interface ButtonProps extends Omit<JSX.IntrinsicElements["button"], "icon"> {
  kind?: Kind;
  icon?: Shape;
  /** Its action is under way: it stays in place and ignores clicks. */
  busy?: boolean;
  children?: ComponentChildren;
}

/** A button with a label and an optional icon. */
export function Button({ kind = "plain", icon, busy, children, class: more, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button ${kind} ${more ?? ""}`}
      aria-disabled={busy || rest["aria-disabled"] || undefined}
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

/** An icon button; its label is its accessible name and tooltip. */
export function IconButton({ icon, label, class: more, ...rest }: IconButtonProps) {
  return (
    <button type="button" title={label} {...rest} aria-label={label} class={`icon-button ${more ?? ""}`}>
      <Icon shape={icon} />
    </button>
  );
}
