/** Adds the style sheet of a part that is loaded later. Constructed, because a strict policy forbids inline styles. */
export function addStyle(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
