import { type ComponentChild, type ComponentChildren, Fragment, h, options, type VNode } from "preact";

type Props = Record<string, unknown> & { children?: ComponentChildren };

const isText = (child: unknown) => typeof child === "string" || typeof child === "number";
const isNothing = (child: unknown) => child === undefined || child === null || typeof child === "boolean";

const flat = (children: ComponentChildren): ComponentChild[] =>
  Array.isArray(children) ? children.flatMap(flat) : [children as ComponentChild];

/** A text beside elements, in an element of its own. */
const boxed = (child: ComponentChildren): ComponentChildren =>
  Array.isArray(child) ? child.map(boxed) : isText(child) ? h("span", {}, child) : child;

/**
 * Translators, dark modes and spelling tools put text nodes of a page into elements of theirs, or others in their
 * place; what Preact then writes into its own nodes is not seen, and where it inserts before one it throws. So every text
 * is all that its element holds, and a change of it replaces whatever stands there by then.
 */
export function ownTexts(): void {
  const before = options.vnode;
  options.vnode = (vnode: VNode) => {
    const props = vnode.props as Props;
    if (typeof vnode.type === "string" || vnode.type === Fragment) takeTexts(vnode, props);
    before?.(vnode);
  };
}

function takeTexts({ type }: VNode, props: Props): void {
  const shown = flat(props.children).filter((child) => !isNothing(child));
  if (!shown.some(isText)) return;
  if (type === Fragment || !shown.every(isText)) return void (props.children = boxed(props.children));
  delete props.children;
  props.textContent = shown.join("");
}
