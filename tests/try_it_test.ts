import assert from "node:assert/strict";
import { Client } from "./harness/client.ts";
import { Parlor } from "./harness/parlor.ts";
import { testUnless } from "./harness/test_unless.ts";

/** The page's code blocks, of commands and of frames, in order. */
async function blocks(): Promise<string[]> {
  const page = await Deno.readTextFile(new URL("../docs/try_it.md", import.meta.url));
  return Array.from(page.matchAll(/(?:^ {4}.*\n)+/gm), ([block]) => block.replaceAll(/^ {4}/gm, ""));
}

/** Runs the commands in one shell. Each call of wscat prints `wscat` and its arguments, one per line. */
async function run(commands: string[], address: string): Promise<string[]> {
  const script = commands.join("")
    .replace("http://127.0.0.1:8000", address)
    .replaceAll("npx -y wscat@6", "printf '%s\\n' wscat");
  const { success, stdout, stderr } = await new Deno.Command("sh", { args: ["-euc", script] }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).split("\n");
}

/** Opens the socket that wscat would open with the arguments after line `at`. */
function open(lines: string[], at: number): Promise<Client> {
  const words = lines.slice(at + 1);
  assert.equal(words[0], "-c");
  const protocols: string[] = [];
  for (let i = 2; words[i] === "-s"; i += 2) protocols.push(words[i + 1]!);
  return Client.open(words[1]!, { protocols });
}

const missing = ["sh", "curl", "node"].find((program) => {
  try {
    new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" }).outputSync();
    return false;
  } catch {
    return true;
  }
});

for (const inBrowser of [false, true]) {
  const who = inBrowser ? "who has signed up in the browser" : "whoever signs up by them";
  testUnless(
    missing && `${missing} is missing`,
    `the commands of docs/try_it.md work for ${who}`,
    async () => {
      await using parlor = await Parlor.start();
      if (inBrowser) {
        const password = "correct horse battery";
        assert.equal((await parlor.post("/accounts/api/signup", { username: "asha", password })).status, 201);
      }
      const all = await blocks();
      const frames = all.filter((block) => block.startsWith("{")).map((block) => JSON.parse(block));
      const commands = all.filter((block) =>
        !block.startsWith("{") && !(inBrowser && block.includes("/api/signup"))
      );
      const lines = await run(commands, parlor.address);
      assert.ok(lines.some((line) => line.includes('"title":"The lamp workshop"')), lines.join("\n"));

      const sockets = lines.flatMap((line, at) => line === "wscat" ? [at] : []);
      assert.equal(sockets.length, 3);
      const [visitor, admin, inbox] = await Promise.all(sockets.map((at) => open(lines, at)));
      await admin!.next("welcome");
      const [message, history, rooms] = frames;
      visitor!.send(message);
      const { message: heard } = await admin!.next("new_message");
      assert.deepEqual([heard.content, heard.seq, heard.side], ["Where is my order?", 1, "visitor"]);
      assert.deepEqual((await visitor!.next("new_message")).message, heard);
      assert.deepEqual((await admin!.ask(history, "messages")).messages, [heard]);
      assert.equal((await inbox!.ask(rooms, "room")).rooms[0].seq, 1);
      for (const socket of [visitor, admin, inbox]) {
        socket!.close();
        await socket!.gone();
      }
    },
  );
}
