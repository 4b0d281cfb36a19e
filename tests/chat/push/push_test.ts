import assert from "node:assert/strict";
import { openPush, type Push } from "../../../chat/push/push.ts";
import type { RoomRecord } from "../../../db/store.ts";
import { sendMessage } from "../../../chat/rooms/messages.ts";
import { acting } from "../../harness/acting.ts";
import { eventually } from "../../harness/eventually.ts";
import { join, selfSigned } from "../../harness/self_signed.ts";
import { type ChatFixture, withChat } from "../chat_fixture.ts";

type Bytes = Uint8Array<ArrayBuffer>;
const base64url = (bytes: Bytes) => bytes.toBase64({ alphabet: "base64url", omitPadding: true });
const bytesOf = (text: string) => Uint8Array.fromBase64(text, { alphabet: "base64url" });

/** A subscribed browser, which holds the private key for its messages. */
class Browser {
  private constructor(readonly pair: CryptoKeyPair, readonly point: Bytes, readonly auth: Bytes) {}

  static async make(): Promise<Browser> {
    const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
    const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    return new Browser(pair, point, crypto.getRandomValues(new Uint8Array(16)));
  }

  get keys() {
    return { p256dh: base64url(this.point), auth: base64url(this.auth) };
  }

  /** Decrypts a message as specified by RFC 8291. */
  async read(body: Bytes): Promise<unknown> {
    const salt = body.slice(0, 16), senders = body.slice(21, 21 + body[20]!);
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const sender = await crypto.subtle.importKey("raw", senders, curve, false, []);
    const shared = await crypto.subtle.deriveBits(
      { name: "ECDH", public: sender },
      this.pair.privateKey,
      256,
    );
    const words = (text: string) => new TextEncoder().encode(text);
    const info = join(words("WebPush: info\0"), this.point, senders);
    const secret = await hkdf(new Uint8Array(shared), this.auth, info, 32);
    const content = await hkdf(secret, salt, words("Content-Encoding: aes128gcm\0"), 16);
    const iv = await hkdf(secret, salt, words("Content-Encoding: nonce\0"), 12);
    const key = await crypto.subtle.importKey("raw", content, "AES-GCM", false, ["decrypt"]);
    const padded = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, body.slice(21 + body[20]!));
    const text = new TextDecoder().decode(padded);
    return JSON.parse(text.slice(0, text.lastIndexOf("\x02")));
  }
}

async function hkdf(secret: Bytes, salt: Bytes, info: Bytes, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, length * 8);
  return new Uint8Array(bits);
}

interface Asked {
  path: string;
  headers: Headers;
  body: Bytes;
}

/** A local push service over TLS, as real ones are. */
async function withService(
  test: (
    on: { chat: ChatFixture; push: Push; address: string; asked: Asked[]; faults: unknown[] },
  ) => Promise<void>,
  answer: (path: string) => number = () => 201,
): Promise<void> {
  const { cert, key } = await selfSigned();
  const asked: Asked[] = [], faults: unknown[] = [];
  const server = Deno.serve({ hostname: "localhost", port: 0, cert, key, onListen() {} }, async (request) => {
    const path = new URL(request.url).pathname;
    asked.push({
      path,
      headers: new Headers(request.headers),
      body: new Uint8Array(await request.arrayBuffer()),
    });
    return new Response(null, {
      status: answer(path),
      headers: { location: "https://localhost:1/elsewhere" },
    });
  });
  const address = `https://localhost:${server.addr.port}`;
  const client = Deno.createHttpClient({ caCerts: [cert] });
  try {
    await withChat(async (chat) => {
      const push = openPush({
        store: chat.store,
        contact: "mailto:asha@example.com",
        onFault: (fault) => faults.push(fault),
        allows: (endpoint) => endpoint.startsWith(address),
        client,
      });
      await test({ chat, push, address, asked, faults });
    });
  } finally {
    client.close();
    await server.shutdown();
  }
}

async function roomOf({ store }: ChatFixture, consumer: string, content: string): Promise<RoomRecord> {
  const draft = { admin: "asha", consumer, side: "visitor", kind: "text", content, at: Date.now() } as const;
  return (await store.appendMessage(draft)).room;
}

Deno.test("asha's browser, and nobody on the way, reads who wrote what; the push service knows who sends", async () => {
  await withService(async ({ chat, push, address, asked, faults }) => {
    const browser = await Browser.make();
    await push.subscribe("asha", { endpoint: `${address}/asha`, keys: browser.keys }, Date.now());
    await chat.store.saveVisitor({ admin: "asha", consumer: "vera" }, { name: "Vera" }, Date.now());
    const room = await roomOf(chat, "vera", "hello");
    await push.wake(room, `  ${"a long story ".repeat(40)}`);
    assert.deepEqual(faults, []);
    const [{ path, headers, body }] = asked as [Asked];
    assert.equal(path, "/asha");
    const { name, consumer, text } = await browser.read(body) as Record<string, string>;
    assert.deepEqual([name, consumer], ["Vera", "vera"]);
    assert.match(text!, /^a long story .*…$/);
    assert.equal([...text!].length, 140);
    assert.deepEqual([headers.get("ttl"), headers.get("urgency"), headers.get("topic")], [
      "86400",
      "high",
      room.id,
    ]);
    const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.get("authorization")!)!;
    assert.equal(key, await push.publicKey());
    const [head, claims, signature] = token!.split(".") as [string, string, string];
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const publicKey = await crypto.subtle.importKey("raw", bytesOf(key!), curve, false, ["verify"]);
    const signed = new TextEncoder().encode(`${head}.${claims}`);
    const by = { name: "ECDSA", hash: "SHA-256" };
    assert.ok(await crypto.subtle.verify(by, publicKey, bytesOf(signature), signed));
    const { aud, sub } = JSON.parse(new TextDecoder().decode(bytesOf(claims)));
    assert.deepEqual([aud, sub], [address, "mailto:asha@example.com"]);
  });
});

Deno.test("the keys that push services know are made once and stay", async () => {
  await withChat(async (chat) => {
    const open = () => openPush({ store: chat.store, contact: "mailto:a@b.c", onFault: () => {} });
    const keys = await Promise.all([open(), open()].map((push) => push.publicKey()));
    assert.equal(keys[0], keys[1]);
    assert.equal(await open().publicKey(), keys[0]);
  });
});

Deno.test("a browser that has withdrawn is forgotten; one whose service fails is not", async () => {
  await withService(async ({ chat, push, address, asked, faults }) => {
    for (const name of ["gone", "missing", "failing", "elsewhere", "good"]) {
      const { keys } = await Browser.make();
      await push.subscribe("asha", { endpoint: `${address}/${name}`, keys }, Date.now());
    }
    await push.wake(await roomOf(chat, "vera", "hello"), "hello");
    assert.equal(asked.length, 5);
    assert.equal(faults.length, 2, "a failure and a redirect, which is not followed");
    const left = (await chat.store.pushes("asha")).map(({ endpoint }) => new URL(endpoint).pathname);
    assert.deepEqual(left.sort(), ["/elsewhere", "/failing", "/good"]);
  }, (path) => ({ "/gone": 410, "/missing": 404, "/failing": 500, "/elsewhere": 302 })[path] ?? 201);
});

Deno.test("who writes twenty lines wakes once; another visitor wakes too", async () => {
  await withService(async ({ chat, push, address, asked }) => {
    await push.subscribe(
      "asha",
      { endpoint: `${address}/asha`, keys: (await Browser.make()).keys },
      Date.now(),
    );
    for (let line = 0; line < 20; line++) await push.wake(await roomOf(chat, "vera", `${line}`), `${line}`);
    await push.wake(await roomOf(chat, "victor", "hello"), "hello");
    assert.equal(asked.length, 2);
  });
});

Deno.test("a visitor's message wakes the admin who is away, and only then", async () => {
  await withService(async ({ chat, push, address, asked }) => {
    await push.subscribe(
      "asha",
      { endpoint: `${address}/asha`, keys: (await Browser.make()).keys },
      Date.now(),
    );
    chat.push = push;
    const write = (consumer: string) =>
      sendMessage(chat, { kind: "visitor", admin: "asha", consumer, address: "1" }, { content: "hello" });
    chat.audience.isAdminOnline = () => true;
    await write("vera");
    chat.audience.isAdminOnline = () => false;
    await sendMessage(chat, acting("asha"), { consumer: "vera", content: "hello" });
    await write("victor");
    await eventually(() => asked.length > 0);
    assert.deepEqual(asked.map(({ path }) => path), ["/asha"]);
  });
});
