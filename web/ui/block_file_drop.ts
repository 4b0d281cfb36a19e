/**
 * Prevents the browser from navigating to a dropped or pasted file, or to a link dropped outside of an input. Returns
 * whether to tell the user that files cannot be sent.
 */
export function blockFileDrop(event: DragEvent | ClipboardEvent): boolean {
  const isPaste = "clipboardData" in event;
  const data = isPaste ? event.clipboardData : event.dataTransfer;
  const hasFiles = data?.types.includes("Files") === true;
  const isInInput = (event.target as Element).closest?.("input,textarea");
  // Copied table cells come as text and picture.
  if (isPaste ? !hasFiles || data.types.includes("text/plain") : !hasFiles && isInInput) return false;
  event.preventDefault();
  return hasFiles && event.type !== "dragover";
}
