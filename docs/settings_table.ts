import { settings } from "../server/config.ts";

const marks = /(<!-- settings -->)[\s\S]*?(<!-- \/settings -->)/;

/** The settings as a Markdown table. */
export function settingsTable(): string {
  const rows = settings().map(({ name, usual, description, takes }) =>
    `| \`${name}\` | ${usual === "" ? "" : `\`${usual}\``} | ${description} | ${takes} |`
  );
  return ["\n", "| variable | default | for | takes |", "|---|---|---|---|", ...rows, ""].join("\n");
}

if (import.meta.main) {
  const path = new URL("../README.md", import.meta.url);
  const readme = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, readme.replace(marks, (_, open, close) => open + settingsTable() + close));
}
