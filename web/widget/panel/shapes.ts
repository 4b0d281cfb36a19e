/** The drawings of the panel, on a 24 × 24 grid. */
export const shapes = {
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-6 16-3-7z",
  smile: "M12 21a9 9 0 100-18 9 9 0 000 18zM8.5 14a4 4 0 007 0M9 9.5v.01M15 9.5v.01",
  bell: "M6 16V11a6 6 0 0112 0v5l1.5 2h-15zM10 20.5a2 2 0 004 0",
  bellOff: "M9 5.8A6 6 0 0118 11v4M17 18H4.5L6 16v-5M10 20.5a2 2 0 004 0M3 3l18 18",
  down: "M12 5v14M6 13l6 6 6-6",
  wait: "M12 21a9 9 0 100-18 9 9 0 000 18zM12 7.5V12l3 2",
  sent: "M4 12.5l5 5L20 6.5",
  read: "M1.5 12.5l5 5L17 6.5M11.5 16.5l1 1L22.5 6.5",
  wrong: "M12 21a9 9 0 100-18 9 9 0 000 18zM12 8v5M12 16v.01",
};
