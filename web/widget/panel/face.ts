import { h, listen } from "../../ui/dom.ts";

/** A picture, or the first letter of the name where there is none or it cannot be loaded. */
export function faceOf(name: string, picture = ""): HTMLElement {
  const letter = h("div", { "aria-hidden": "true" }, [...name][0]?.toUpperCase());
  if (!picture) return letter;
  const image = h("img", { src: picture, alt: "", referrerpolicy: "no-referrer" });
  return listen(image, { error: () => image.replaceWith(letter) });
}
