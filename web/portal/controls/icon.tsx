/** Line drawings on a 24 × 24 grid. */
const shapes = {
  alert: "M12 8v5M12 16.5v.01M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18",
  at: "M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8M16 8v5a2.5 2.5 0 0 0 5 0v-1a9 9 0 1 0-4 7.5",
  back: "M15 5l-7 7l7 7",
  bell: "M6 16V11a6 6 0 1 1 12 0v5l2 2H4zM10 21h4",
  block: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M6 6l12 12",
  bot: "M6 9h12a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2M12 5v4M9 13v2M15 13v2",
  canned: "M5 4h14v16H5zM14 8l-4 8",
  chart: "M4 20h16M7 16v-5M12 16V5M17 16v-8",
  check: "M5 12.5l5 5L19 7",
  checks: "M2 12.5l4.5 4.5L14 8M11 16l1 1L20 8",
  chevron: "M7 10l5 5l5-5",
  clock: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3 3",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  down: "M12 5v14M6 13l6 6l6-6",
  eye: "M2 12s4-7 10-7s10 7 10 7s-4 7-10 7s-10-7-10-7M12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5",
  globe: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M3 12h18M12 3c3 3 3 15 0 18c-3-3-3-15 0-18",
  inbox: "M4 13l2.5-8h11l2.5 8v6H4zM4 13h5l1.5 2.5h3L15 13h5",
  info: "M12 11v6M12 7.5v.01M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  menu: "M4 7h16M4 12h16M4 17h16",
  moon: "M19.5 14.5A8 8 0 1 1 9.5 4.5a6.5 6.5 0 0 0 10 10",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  nobody:
    "M12 3.5v.01M17 5l.01 0M20.5 9.5l0 .01M20.5 14.5l0 .01M17 19l.01 0M12 20.5v.01M7 19l.01 0M3.5 14.5l0 .01M3.5 9.5l0 .01M7 5l.01 0M12 9v6M9 12h6",
  note: "M5 4h14v11l-5 5H5zM14 20v-5h5",
  open: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  out: "M10 4H5v16h5M15 8l4 4l-4 4M19 12H9",
  reopen: "M4 12a8 8 0 1 0 3-6.2M4 4v4h4",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M20 20l-5-5",
  send: "M4 12l16-8l-5 16l-4-7z",
  settings: "M4 7h10M18 7h2M14 4.5v5M4 17h2M10 17h10M8 14.5v5",
  sort: "M5 7h10M5 12h7M5 17h4M18 9v9M15 15l3 3l3-3",
  tag: "M4 4h8l8 8l-8 8l-8-8zM8.5 8.5v.01",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  user: "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4 20c1-4 4-5 8-5s7 1 8 5",
  users:
    "M9 5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7M2.5 19c.8-3.5 3-4.5 6.5-4.5s5.7 1 6.5 4.5M16 5.5a3 3 0 0 1 0 6M18 14.8c2 .6 3 2 3.5 4.2",
};
export type Shape = keyof typeof shapes;

/** Hidden from screen readers: its container has a label. */
export function Icon({ shape }: { shape: Shape }) {
  return (
    <svg class={`icon icon-${shape}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[shape]} />
    </svg>
  );
}
