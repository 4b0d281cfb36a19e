/** The first that fits is the one: most browsers name others as well. */
const browsers: [name: string, pattern: RegExp][] = [
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Opera", /\bOPR\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ["Safari", /\bSafari\//],
  ["curl", /^curl\//],
  ["Deno", /^Deno\//],
];
const systems: [name: string, pattern: RegExp][] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\bMac OS X\b/],
  ["Linux", /\bLinux\b/],
];

/** A browser's name and its system's, such as "Firefox, Linux", from its user agent. */
export function browserOf(agent = ""): string | undefined {
  const found = [browsers, systems].map((list) => list.find(([, pattern]) => pattern.test(agent))?.[0]);
  return found.filter(Boolean).join(", ") || undefined;
}
