/** Focuses the first invalid field. Returns whether there is one. */
export function focusWrong(root: ParentNode): boolean {
  const wrong = root.querySelector<HTMLElement>('[aria-invalid="true"]');
  const control = wrong?.matches("[role=radiogroup]") ? wrong.querySelector<HTMLElement>(":checked") : wrong;
  control?.focus();
  return control != null;
}
