/** What is built of one face, and how large it may get. */
export interface Face {
  name: string;
  /** Scripts that keep their name in `/assets`, with a hash: entry file by the name its page knows it by. */
  modules: Record<string, string>;
  /** A script that is no module and is served under its own path. */
  script?: { path: string; entry: string };
  /** Files that are served as they are, by path. */
  plain?: Record<string, string>;
  /** Pages whose `{name}` are replaced by the hashed addresses of the modules above. */
  pages: Record<string, string>;
  /** Bytes after gzip at level 9 of everything listed, together. */
  budget: { files: string[]; bytes: number }[];
}

const kib = 1_024;

export const faces: Face[] = [
  {
    name: "widget",
    script: { path: "/widget.js", entry: "web/widget/loader.ts" },
    modules: { "frame.js": "web/widget/frame.ts", "frame.css": "web/widget/frame.css" },
    plain: { "/widget.d.ts": "web/widget/widget.d.ts" },
    pages: { "frame.html": "web/widget/frame.html" },
    budget: [
      { files: ["/widget.js"], bytes: 4 * kib },
      { files: ["frame.html", "frame.js", "frame.css"], bytes: 25 * kib },
    ],
  },
];
