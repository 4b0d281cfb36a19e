/** Height of a row, as `style/inbox.css` has it. Pixels. */
export const rowHeight = 72;
