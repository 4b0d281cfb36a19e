/**
 * Keeps what is dropped or pasted from being opened in place of the page: files, and links that are let go beside an
 * input. Answers whether somebody is to be told that files cannot be sent.
 */
export function holdFiles(event: DragEvent | ClipboardEvent): boolean {
  const isPaste = "clipboardData" in event;
  const data = isPaste ? event.clipboardData : event.dataTransfer;
  const hasFiles = data?.types.includes("Files") === true;
  const isInInput = (event.target as Element).closest?.("input,textarea");
  // Copied cells of a table come as text and picture.
  if (isPaste ? !hasFiles || data.types.includes("text/plain") : !hasFiles && isInInput) return false;
  event.preventDefault();
  return hasFiles && event.type !== "dragover";
}
