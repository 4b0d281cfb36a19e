import assert from "node:assert/strict";
import { demoAdmin, demoPassword, demoRooms } from "../commands/demo/seed_demo.ts";
import { settingsTable } from "../docs/settings_table.ts";
import { readConfig } from "../server/config.ts";

const root = (path: string) => new URL(`../${path}`, import.meta.url);
const read = (path: string) => Deno.readTextFile(root(path));

Deno.test("the README lists every setting with its default", async () => {
  const readme = await read("README.md");
  const [, table] = /<!-- settings -->([\s\S]*?)<!-- \/settings -->/.exec(readme) ?? [];
  const plain = (text = "") => text.replace(/ *\| */g, "|").replace(/-{3,}/g, "---").trim();
  assert.equal(plain(table), plain(settingsTable()), "run `deno task docs`");
});

Deno.test("every task that the README shows is there, and so is every page it links to", async () => {
  const readme = await read("README.md");
  const { tasks } = JSON.parse(await read("deno.json"));
  const shown = [...readme.matchAll(/deno(?:@[\d.]+)? task ([a-z]+)/g)].map((match) => match[1]!);
  assert.ok(shown.includes("start") && shown.includes("test"));
  for (const task of shown) assert.ok(tasks[task], task);
  for (const [, path] of readme.matchAll(/\]\(([\w./]+)(?:#[^)]*)?\)/g)) await Deno.stat(root(path!));
});

Deno.test("the README's first screen has a picture, the features, the commands and the line for a website, in this order", async () => {
  const readme = await read("README.md");
  const headings = [...readme.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  assert.deepEqual(headings, [
    "Features",
    "Quick start",
    "Test it",
    "Documentation",
    "Configuration",
    "Architecture",
    "Development",
    "Dependencies",
    "License",
  ]);
  const line = readme.indexOf('data-admin="asha"></script>');
  assert.ok(readme.indexOf("](docs/pictures/portal.png)") < readme.indexOf("## Features"));
  assert.ok(line > 0 && readme.slice(0, line).split("\n").length <= 45);
  assert.match(readme.slice(0, line), /^Not yet: .*files/m, "what is missing is said");
});

Deno.test("start, demo and test stand side by side for Deno and for Node alone, with the Deno that everything runs on", async () => {
  const readme = await read("README.md");
  const [, image] = /^FROM denoland\/deno:([\d.]+)$/m.exec(await read("Dockerfile"))!;
  for (const task of ["start", "demo", "test"]) {
    const both = new RegExp(
      `^ {4}deno task ${task} +# with Deno .*\\n {4}npx -y deno@([\\d.]+) task ${task} +# with`,
      "m",
    );
    assert.equal(both.exec(readme)?.[1], image, task);
  }
});

Deno.test("the README's addresses are those of the defaults, and its demo account is there", async () => {
  const readme = await read("README.md");
  const { host, port } = readConfig({});
  const addresses = [...readme.matchAll(/\bhttp:\/\/[\d.:]+/g)].map(([address]) => address);
  assert.deepEqual(new Set(addresses), new Set([`http://${host}:${port}`]));
  assert.ok(readme.includes(`sign in\nas \`${demoAdmin}\` with the password \`${demoPassword}\``));
  assert.ok(readme.includes(`${demoRooms} conversations`));
});
