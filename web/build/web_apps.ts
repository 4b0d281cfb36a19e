/** Entry files of one web app and its size budgets. */
export interface WebApp {
  name: string;
  /** Scripts that keep their name in `/assets`, with a hash: entry file by the name its page knows it by. */
  modules: Record<string, string>;
  /** A code-split script: its entry and static imports load first, the other chunks on demand. */
  app?: { name: string; entry: string };
  /** A script that is no module and is served under its own path. */
  script?: { path: string; entry: string };
  /** Files that are served as they are, by path. */
  plain?: Record<string, string>;
  /**
   * Pages whose `{name}` are replaced by the hashed addresses of the modules above, and `<preload>` by a link for each
   * part that the app's entry needs at once.
   */
  pages: Record<string, string>;
  budget: Budget[];
}

export interface Budget {
  /** Counted together. The name of the app is its entry with all the parts that it needs at once. */
  files: string[];
  bytes: number;
  /** At the best that a build has time for: gzip's level 9, brotli's 11. */
  compressed: "gzip" | "brotli";
}

const kib = 1_024;

export const webApps: WebApp[] = [
  {
    name: "widget",
    script: { path: "/widget.js", entry: "web/widget/host_page/loader.ts" },
    app: { name: "frame.js", entry: "web/widget/frame/frame.ts" },
    modules: {
      "frame.css": "web/widget/frame/frame.css",
      "refused.js": "web/widget/frame/refused.ts",
      "host_frame.js": "web/widget/host_page/host_frame.ts",
    },
    plain: { "/widget.d.ts": "web/widget/widget.d.ts" },
    pages: { "frame.html": "web/widget/frame/frame.html", "refused.html": "web/widget/frame/refused.html" },
    budget: [
      { files: ["/widget.js"], bytes: 4 * kib, compressed: "gzip" },
      { files: ["host_frame.js"], bytes: 4 * kib, compressed: "gzip" },
      { files: ["frame.html", "frame.js", "frame.css"], bytes: 25 * kib, compressed: "gzip" },
    ],
  },
  {
    name: "portal",
    app: { name: "portal.js", entry: "web/portal/portal.tsx" },
    script: { path: "/messages/worker.js", entry: "web/portal/notifications/worker.ts" },
    modules: { "portal.css": "web/portal/portal.css" },
    plain: {
      "/messages/app.webmanifest": "web/portal/app.webmanifest",
      "/messages/icon.svg": "web/portal/icon.svg",
    },
    pages: { "portal.html": "web/portal/portal.html" },
    budget: [{ files: ["portal.html", "portal.js", "portal.css"], bytes: 60 * kib, compressed: "brotli" }],
  },
];
