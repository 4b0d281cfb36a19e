/** Rules of a site's `robots.txt` for one reader (RFC 9309). */
export class Robots {
  readonly #rules: { path: string; allowed: boolean }[];
  /** Addresses of sitemaps that it names. */
  readonly sitemaps: readonly string[];

  /** The rules for `agent`, in lower case; if none name it, those for everybody. */
  constructor(text: string, agent: string) {
    const { groups, sitemaps } = groupsOf(text);
    const named = groups.filter(({ agents }) => agents.some((one) => one !== "*" && agent.includes(one)));
    const chosen = named.length > 0 ? named : groups.filter(({ agents }) => agents.includes("*"));
    this.#rules = chosen.flatMap(({ rules }) => rules);
    this.sitemaps = sitemaps;
  }

  /** Whether an address may be read: the longest rule that matches decides, of equal ones the one that allows. */
  allows({ pathname, search }: URL): boolean {
    const target = `${pathname}${search}`;
    const found = this.#rules.filter(({ path }) => matches(path, target));
    const longest = Math.max(...found.map(({ path }) => path.length));
    const last = found.filter(({ path }) => path.length === longest);
    return last.length === 0 || last.some(({ allowed }) => allowed);
  }
}

interface Group {
  agents: string[];
  rules: { path: string; allowed: boolean }[];
}

/** Rules that are read. */
const mostRules = 2_000;

function groupsOf(text: string): { groups: Group[]; sitemaps: string[] } {
  const groups: Group[] = [], sitemaps: string[] = [];
  let count = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, field = "", value = ""] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? [];
    const name = field.toLowerCase(), given = value.trim(), group = groups.at(-1);
    if (name === "sitemap") sitemaps.push(given);
    else if (name === "user-agent") {
      if (group && group.rules.length === 0) group.agents.push(given.toLowerCase());
      else groups.push({ agents: [given.toLowerCase()], rules: [] });
    } else if ((name === "allow" || name === "disallow") && group && count++ < mostRules) {
      // An empty one forbids nothing, but ends the list of agents.
      group.rules.push({ path: given, allowed: name === "allow" || given === "" });
    }
  }
  return { groups, sitemaps };
}

/** Whether a path begins as a pattern says: `*` is anything, `$` the end. In linear time. */
function matches(pattern: string, target: string): boolean {
  const isWhole = pattern.endsWith("$");
  const [first = "", ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split("*");
  if (!target.startsWith(first)) return false;
  let at = first.length;
  const last = isWhole ? parts.pop() : undefined;
  for (const part of parts) {
    const found = target.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  if (!isWhole) return true;
  return last === undefined
    ? at === target.length
    : target.length - last.length >= at && target.endsWith(last);
}
