import { type ComponentChild, type ComponentChildren, Fragment, h, options, type VNode } from "preact";

type Props = Record<string, unknown> & { children?: ComponentChildren };

const isText = (child: unknown) => typeof child === "string" || typeof child === "number";
const isNothing = (child: unknown) => child === undefined || child === null || typeof child === "boolean";

const flat = (children: ComponentChildren): ComponentChild[] =>
  Array.isArray(children) ? children.flatMap(flat) : [children as ComponentChild];

/** Texts beside elements, those that touch in one element of their own. Space alone never changes, and lays out as none. */
function boxed(children: ComponentChildren): ComponentChildren {
  if (!Array.isArray(children)) return isText(children) ? h("span", {}, children) : children;
  const all: ComponentChild[] = children.slice();
  for (let from = 0; from < all.length; from++) {
    if (Array.isArray(all[from])) all[from] = boxed(all[from] as ComponentChildren) as ComponentChild;
    if (!isText(all[from])) continue;
    let to = from + 1;
    while (to < all.length && (isText(all[to]) || isNothing(all[to]))) to++;
    const run = all.slice(from, to).filter(isText).join("");
    // Each child keeps its place in the list, by which it is known again.
    all.fill(null, from, to);
    all[from] = run.trim() === "" ? run : h("span", {}, run);
    from = to - 1;
  }
  return all;
}

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
