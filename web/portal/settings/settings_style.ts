import { useLayoutEffect } from "preact/hooks";
import style from "./settings.css" with { type: "text" };

let sheet: CSSStyleSheet | undefined;

/** Gives the document the style of the settings. Constructed, so that a strict policy lets it be. */
export function useStyle(): void {
  useLayoutEffect(() => {
    if (sheet) return;
    sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets.push(sheet);
  }, []);
}
