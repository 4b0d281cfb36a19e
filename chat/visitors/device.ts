/** The first match wins: most browsers name others as well. */
const browsers: [name: string, pattern: RegExp][] = [
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Opera", /\bOPR\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ["Safari", /\bVersion\/[\d.]+.*\bSafari\//],
];
const systems: [name: string, pattern: RegExp][] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows NT\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\bMac OS X\b/],
  ["Linux", /\bLinux\b/],
];

/** Browser and system in words, such as "Firefox on Linux": no version, so that it does not fingerprint a person. */
export function deviceOf(agent: string | undefined): string | undefined {
  const cut = agent?.slice(0, 500) ?? "";
  const [browser, system] = [browsers, systems].map((list) =>
    list.find(([, pattern]) => pattern.test(cut))?.[0]
  );
  return browser && system ? `${browser} on ${system}` : browser ?? system;
}
