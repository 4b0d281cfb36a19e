/** The drawings of the settings, on a 24 × 24 grid. */
export const shapes = {
  add: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  chatbot: "M5 5h14v11h-7l-4 4v-4H5z",
  install: "M9 7l-5 5 5 5M15 7l5 5-5 5",
  hours: "M12 21a9 9 0 100-18 9 9 0 000 18zM12 7.5V12l3 2",
  identity: "M15 11a4 4 0 10-3.5-2L4 16.5V20h4v-2.5h2.5V15l2-2",
  notifications: "M6 16V11a6 6 0 0112 0v5l1.5 2h-15zM10 20.5a2 2 0 004 0",
  data: "M5 7c0-4 14-4 14 0v10c0 4-14 4-14 0zM5 7c0 4 14 4 14 0M5 12c0 4 14 4 14 0",
  blocked: "M12 21a9 9 0 100-18 9 9 0 000 18zM5.7 5.7l12.6 12.6",
  members:
    "M9 12a4 4 0 100-8 4 4 0 000 8zM2.5 20a6.5 6.5 0 0113 0M16 4.5a4 4 0 010 7M18 14.5a6.5 6.5 0 013.5 5.5",
  teams:
    "M8 11a3 3 0 100-6 3 3 0 000 6zM16 11a3 3 0 100-6 3 3 0 000 6zM2.5 19a5.5 5.5 0 0111 0M14.5 14.3a5.5 5.5 0 017 4.7",
  labels: "M4 4h8l8 8-8 8-8-8zM8.5 8.5v.01",
  canned: "M4 4h16v16H4zM14 8l-4 8",
  assignment: "M4 7h11M12 4l3 3-3 3M20 17H9M12 14l-3 3 3 3",
  targets: "M12 21a9 9 0 100-18 9 9 0 000 18zM12 17a5 5 0 100-10 5 5 0 000 10zM12 12v.01",
  audit: "M6 3h9l4 4v14H6zM9 12h7M9 16h7M9 8h3",
  profile: "M12 21a9 9 0 100-18 9 9 0 000 18zM9 10v.01M15 10v.01M8.5 14.5c1 1.3 2.2 2 3.5 2s2.5-.7 3.5-2",
  account: "M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20a7.5 7.5 0 0115 0",
};

/** A line drawing in the colour of the text; its container has a label. */
export function Icon({ shape }: { shape: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shape} />
    </svg>
  );
}
