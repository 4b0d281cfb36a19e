import { type ComponentChild, type ComponentChildren, Fragment, h, options, type VNode } from "preact";

type Props = Record<string, unknown> & { children?: ComponentChildren };

const isText = (child: unknown) => typeof child === "string" || typeof child === "number";
const isNothing = (child: unknown) => child === undefined || child === null || typeof child === "boolean";

const flat = (children: ComponentChildren): ComponentChild[] =>
  Array.isArray(children) ? children.flatMap(flat) : [children as ComponentChild];

/** Wraps text children, adjacent ones together, in elements of their own. White space alone is left as it is. */
function boxed(children: ComponentChildren): ComponentChildren {
  if (!Array.isArray(children)) return isText(children) ? h("span", {}, children) : children;
  const all: ComponentChild[] = children.slice();
  for (let from = 0; from < all.length; from++) {
    if (Array.isArray(all[from])) all[from] = boxed(all[from] as ComponentChildren) as ComponentChild;
    if (!isText(all[from])) continue;
    let to = from + 1;
    while (to < all.length && (isText(all[to]) || isNothing(all[to]))) to++;
    const run = all.slice(from, to).filter(isText).join("");
    // Each child keeps its index in the list, which identifies it.
    all.fill(null, from, to);
    all[from] = run.trim() === "" ? run : h("span", {}, run);
    from = to - 1;
  }
  return all;
}

/**
 * Translators, dark modes and spelling tools replace a page's text nodes or wrap them in elements of theirs; what
 * Preact then writes to its own nodes is invisible, and inserting before one throws. So every text is the only child of
 * its element, and a change of it replaces all content of that element.
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
