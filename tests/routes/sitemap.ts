import { openApp } from "../../routes/app.ts";
import type { Parlor } from "../harness/parlor.ts";

export interface Route {
  method: string;
  /** With path parameters filled in. */
  path: string;
}

const filledIn: Record<string, string> = {
  ":admin": "asha",
  ":name": "asha",
  ":consumer": "7c9c2c5e-1d8f-4c52-9f0a-5d0f3a3f7a11",
};

/** Every route, read from the running service, so that routes added later are tested as well. */
export async function sitemapOf(parlor: Parlor): Promise<Route[]> {
  const { app, loadAll } = openApp(parlor.running.service);
  const all = [app, ...await loadAll()].flatMap(({ routes }) => routes);
  const named = all.filter(({ method }) => method !== "ALL").map(({ method, path }) =>
    `${method} ${path.replace(/:\w+(\{[^}]*\})?/g, (name) => filledIn[name] ?? "x").replace("*", "x")}`
  );
  return [...new Set(named)].map((text) => {
    const [method, path] = text.split(" ") as [string, string];
    return { method, path };
  });
}
