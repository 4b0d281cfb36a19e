/** Route patterns for the log: a path itself contains what people typed, names or keys. */
export class RoutePatterns {
  #plain = new Set<string>();
  #others: { pattern: string; expression: RegExp }[] = [];

  /** Adds the routes of a loaded group. Routes for every method are the groups themselves. */
  add(routes: readonly { method: string; path: string }[]): void {
    for (const { method, path } of routes) {
      if (method === "ALL" || this.#plain.has(path)) continue;
      if (!/[:*]/.test(path)) this.#plain.add(path);
      else this.#others.push({ pattern: path, expression: expressionOf(path) });
    }
  }

  /** For example `/messages/api/rooms/:consumer`; `other` for a path without a route. */
  of(pathname: string): string {
    const path = pathname.length > 1 && pathname.endsWith("/") ? pathname.slice(0, -1) : pathname;
    if (this.#plain.has(path)) return path;
    return this.#others.find(({ expression }) => expression.test(path))?.pattern ?? "other";
  }
}

function expressionOf(path: string): RegExp {
  const parts = path.split("/").map((part) => {
    if (part.startsWith(":")) return "[^/]+";
    return part === "*" ? ".*" : part.replace(/[^\w-]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("/")}$`);
}
