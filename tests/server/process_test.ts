import assert from "node:assert/strict";
import { Client, type Frame } from "../harness/client.ts";
import { v1 } from "../harness/parlor.ts";
import { ServiceProcess, startArguments } from "../harness/service_process.ts";
import { signUp } from "./sign_up.ts";

async function withFolder(run: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  await run(folder).finally(() => Deno.remove(folder, { recursive: true }));
}

const chatUrl = (address: string, consumer: string) =>
  `${address.replace("http", "ws")}/ws/chat/asha/${consumer}`;

async function history(address: string, consumer: string, token: string): Promise<Frame[]> {
  const client = await Client.open(chatUrl(address, consumer), { protocols: v1(token) });
  const messages: Frame[] = [];
  for (let more = true; more;) {
    const after = messages.at(-1)?.seq ?? 0;
    const page = await client.ask({ command: "fetch_messages", after, limit: 200 }, "messages");
    messages.push(...page.messages);
    more = page.has_more;
  }
  client.close();
  await client.gone();
  return messages;
}

Deno.test("kill -9 in a burst: what came back over a socket is there, once, in its place (20 rounds)", async () => {
  await withFolder(async (folder) => {
    const off = {
      LIMIT_MESSAGES_PER_ROOM: "off",
      LIMIT_MESSAGES_PER_ADDRESS: "off",
      LIMIT_FRAMES_PER_SOCKET: "off",
    };
    await using service = await new ServiceProcess(folder, off).start();
    const token = await signUp(service.address, "asha");
    const consumer = crypto.randomUUID();
    const heard = new Map<number, string>();
    const sent = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const client = await Client.open(chatUrl(service.address, consumer), { protocols: v1(token) });
      for (let i = 0; i < 100; i++) {
        const content = `round ${round} line ${i}`;
        sent.add(content);
        client.send({ command: "new_message", client_id: content, message: { content } });
      }
      const enough = 1 + (round * 7) % 60;
      const echoes = () => client.frames.filter((frame) => frame.command === "new_message");
      await client.until(() => echoes().length >= enough);
      const ended = service.end("SIGKILL");
      await client.gone();
      await ended;
      for (const { message } of echoes()) heard.set(message.seq, message.content);
      await service.start();
    }
    assert.ok(
      heard.size >= 20 && heard.size < 2_000,
      `the kills fell into the bursts: ${heard.size} of 2000 came back`,
    );
    const kept = await history(service.address, consumer, token);
    assert.deepEqual(kept.map((message) => message.seq), kept.map((_, i) => i + 1), "dense, in order");
    assert.equal(new Set(kept.map((message) => message.content)).size, kept.length, "each once");
    for (const message of kept) assert.ok(sent.has(message.content), "as sent");
    for (const [seq, content] of heard) {
      assert.equal(kept[seq - 1]?.content, content, "what came back is there");
    }
  });
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`${signal} drains: sockets close with 1012, what was sent is kept, exit 0 within 4 s despite a stuck peer`, async () => {
    await withFolder(async (folder) => {
      await using service = await new ServiceProcess(folder).start();
      const token = await signUp(service.address, "asha");
      const consumer = crypto.randomUUID();
      const client = await Client.open(chatUrl(service.address, consumer), { protocols: v1(token) });
      const stuck = await Client.open(chatUrl(service.address, consumer), { protocols: v1(token) });
      stuck.socket.pause();
      for (let i = 0; i < 50; i++) client.send({ command: "new_message", message: { content: `line ${i}` } });
      await client.next("new_message");
      const { code, ms } = await service.end(signal);
      assert.equal(code, 0);
      assert.ok(ms < 4_000, `${Math.round(ms)} ms`);
      assert.equal(await client.closed(), 1012);
      stuck.terminate();
      await stuck.gone();
      const echoed = 1 + client.frames.filter((frame) => frame.command === "new_message").length;
      await service.start();
      const kept = await history(service.address, consumer, token);
      assert.ok(kept.length >= echoed, "every message that came back is there");
      assert.deepEqual(kept.map((message) => message.content), kept.map((_, i) => `line ${i}`));
    });
  });
}

Deno.test("a second process on the same data refuses to start and says why", async () => {
  await withFolder(async (folder) => {
    await using service = await new ServiceProcess(folder).start();
    assert.ok(service.address);
    await assert.rejects(new ServiceProcess(folder).start(), /ended with 1: .*parlor\.db/s);
  });
});

Deno.test("wrong settings are refused at start, each by its name, what it got and what it takes", async () => {
  await withFolder(async (folder) => {
    const env = { PORT: "seventy", SIGNUP: "maybe", LIMIT_LOGINS: "ten", PARLOR_SECRET: "short" };
    const failure = await new ServiceProcess(folder, env).start().then(() => "", (error) => String(error));
    assert.match(failure, /ended with 1/);
    for (const named of ["PORT", "seventy", "SIGNUP", "maybe", "LIMIT_LOGINS", "ten", "PARLOR_SECRET"]) {
      assert.ok(failure.includes(named), named);
    }
    assert.ok(!failure.includes("short"), "a secret is not quoted");
  });
});

Deno.test("an address that cannot be had ends the start with a line that names it and its variables", async () => {
  await withFolder(async (folder) => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const inUse = String((taken.addr as Deno.NetAddr).port);
    for (const WIRE of ["native", "ws"]) {
      for (const [name, value] of [["HOST", "192.0.2.1"], ["HOST", "256.1.1.1"], ["PORT", inUse]] as const) {
        const service = new ServiceProcess(folder, { WIRE, [name]: value });
        const failure = await service.start().then(() => "", (error) => error.message as string);
        assert.match(failure, /^ended with 1: HOST, PORT: cannot listen at /, value);
        assert.ok(failure.includes(value));
        assert.doesNotMatch(failure, /\n\s+at /, "no stack");
      }
    }
  });
});

Deno.test("the printed address can be opened wherever it listens, and the line says what carries sockets", async () => {
  await withFolder(async (folder) => {
    const table: [Record<string, string>, RegExp, string][] = [
      [{ HOST: "0.0.0.0" }, /^http:\/\/127\.0\.0\.1:\d+$/, "ws"],
      [{ HOST: "0.0.0.0", WIRE: "native" }, /^http:\/\/127\.0\.0\.1:\d+$/, "native"],
      [{ HOST: "::" }, /^http:\/\/\[::1\]:\d+$/, "ws"],
      [{}, /^http:\/\/127\.0\.0\.1:\d+$/, "native"],
    ];
    for (const [env, address, wire] of table) {
      await using service = await new ServiceProcess(folder, env).start();
      assert.match(service.address, address);
      assert.match(service.output, new RegExp(` · WIRE=${wire}\n`));
      const response = await fetch(`${service.address}/messages`);
      assert.equal(response.status, 200);
      await response.body?.cancel();
    }
  });
});

Deno.test("a database that cannot be used ends the start with a line that names the variable, and no secret", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/kv`, "no database, ".repeat(500));
    const table: [string, RegExp][] = [
      ["mysql://asha:hunter2@db.example/parlor", /DATABASE_URL/],
      ["postgres://asha:hun/hunter2@db.example/parlor", /DATABASE_URL: takes postgres:/],
      ["postgres://asha:hunter2@127.0.0.1:1/parlor", /DATABASE_URL: .*127\.0\.0\.1:1\/parlor: no answer/],
      [`kv:${folder}/kv`, /DATABASE_URL: cannot open the Deno KV database/],
    ];
    for (const [url, expected] of table) {
      const service = new ServiceProcess(folder, { DATABASE_URL: url });
      const failure = await service.start().then(() => "", (error) => error.message as string);
      assert.match(failure, /^ended with 1: /, url);
      assert.match(failure, expected);
      assert.doesNotMatch(failure, /hunter2|\n\s+at /, "no secret, no stack");
    }
  });
});

Deno.test("--help names every setting, and the start task lets the service read each of them and no more", async () => {
  const args = startArguments();
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: [...args, "--help"] }).output();
  const help = new TextDecoder().decode(stdout);
  const allowed = args.find((arg) => arg.startsWith("--allow-env="))!.slice("--allow-env=".length).split(",");
  for (
    const name of ["HOST", "PORT", "DATABASE_URL", "PARLOR_SECRET", "TRUST_PROXY", "LIMIT_FRAMES_PER_SOCKET"]
  ) {
    assert.ok(help.includes(name), name);
  }
  const named = new Set(help.match(/^\s*[A-Z][A-Z_]+\b/gm)!.map((name) => name.trim()));
  for (const name of named) assert.ok(allowed.includes(name), `${name} is readable`);
  for (const flag of ["-A", "--allow-all", "--allow-run", "--allow-ffi", "--allow-env", "--allow-write"]) {
    assert.ok(!args.includes(flag), flag);
  }
});

Deno.test("the secret beside the database is its owner's alone", async () => {
  await withFolder(async (folder) => {
    await using service = await new ServiceProcess(folder).start();
    assert.ok(service.address);
    const { mode } = await Deno.stat(`${folder}/secret`);
    assert.equal(mode! & 0o777, 0o600);
  });
});
