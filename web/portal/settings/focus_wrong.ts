/** Puts the cursor where the first thing has to be mended. Whether there is any. */
export function focusWrong(root: ParentNode): boolean {
  const wrong = root.querySelector<HTMLElement>('[aria-invalid="true"]');
  const control = wrong?.matches("[role=radiogroup]") ? wrong.querySelector<HTMLElement>(":checked") : wrong;
  control?.focus();
  return control != null;
}
