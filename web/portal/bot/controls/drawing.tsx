/** Line drawings of the chatbot's pages, on a 24 × 24 grid, beside those of the portal's first load. */
export const drawings = {
  add: "M12 5v14M5 12h14",
  pencil: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  up: "M12 19V5M6 11l6-6l6 6",
  page: "M6 3h8l4 4v14H6zM14 3v4h4",
};

/** Hidden from screen readers: its container has a label. */
export function Drawing({ shape }: { shape: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shape} />
    </svg>
  );
}
