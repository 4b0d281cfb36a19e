/**
 * A property of the page's document. Read on `document` itself, an element of that name would stand in front of it:
 * `<img name="currentScript">`, `<form name="body">`.
 */
export function ofDocument<K extends keyof Document>(name: K): Document[K] {
  return Reflect.get(Object.getPrototypeOf(document), name, document);
}

export function make<T extends keyof HTMLElementTagNameMap>(tag: T): HTMLElementTagNameMap[T] {
  return ofDocument("createElement").call(document, tag) as HTMLElementTagNameMap[T];
}
