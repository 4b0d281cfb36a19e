type Child = Node | string | false | undefined;
type Attributes = Record<string, string | number | boolean | undefined>;
type Listeners = { [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };

/** Creates an element. Strings become text nodes only; `true` is an attribute without a value. */
export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children.filter((child) => child !== false && child !== undefined));
  return element;
}

/** Listens to several events of one element. */
export function listen<T extends HTMLElement>(element: T, listeners: Listeners): T {
  for (const [name, heard] of Object.entries(listeners)) {
    element.addEventListener(name, heard as EventListener);
  }
  return element;
}

/** Sets attributes; `false` and `undefined` remove them. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** A line drawing on a 24 × 24 grid, in the colour of the text. Hidden from screen readers: its button has a label. */
export function icon(path: string): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  set(svg, { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" });
  const line = document.createElementNS(namespace, "path");
  set(line, { d: path });
  svg.append(line);
  return svg;
}
