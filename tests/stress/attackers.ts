// The attackers, as a separate process, so that their CPU time is not counted as the service's. Reads its
// orders from the first line of standard input, prints "ready", attacks, and after the second line prints the
// responses it got.
import { encode, opcodes, RawSocket } from "../sockets/wires/raw_socket.ts";
import { password, v1 } from "../harness/parlor.ts";
import { from } from "./default_limits.ts";
import { pause } from "./figures.ts";
import { Peer } from "./peer.ts";
import { Seeded } from "./seeded.ts";

/** What to attack, and from which addresses. */
export interface Orders {
  attack: keyof typeof attacks;
  /** `http://…` */
  address: string;
  addresses: string[];
  /** A room of the attacked admin with a long history. */
  consumer: string;
  /** Rate limit of all attackers together: a network bounds real attackers as well. Actions per second. */
  perSecond: number;
  seed: number;
}

const commands = lines();
const orders: Orders = JSON.parse((await commands.next()).value!);
const random = new Seeded(orders.seed);
const counts: Record<string, number> = {};
const seen = (answer: string | number) => void (counts[answer] = (counts[answer] ?? 0) + 1);
const longText = "語".repeat(4_000);
/** Sockets per address, and concurrent actions per address. */
const socketsEach = 4, mostUnderWay = 16;

function* ids(): Generator<string> {
  for (;;) {
    const bytes = random.bytes(16);
    bytes[6] = bytes[6]! & 15 | 64;
    bytes[8] = bytes[8]! & 63 | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    yield hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
}
const id = ids();
const newId = () => id.next().value;

/** The attacker at one address. */
class Attacker {
  underWay = 0;
  acts = 0;
  token = "";
  /** A room of this attacker. */
  readonly room = newId();
  #peers: (Peer | "opening" | undefined)[] = [];

  constructor(readonly address: string, readonly username: string) {}

  async call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      "content-type": "application/json",
      ...this.token && { authorization: `Bearer ${this.token}` },
      ...from(this.address),
    };
    const response = await fetch(orders.address + path, { ...init, headers });
    seen(response.status);
    return response;
  }

  async post(path: string, body: unknown): Promise<void> {
    const response = await this.call(path, { method: "POST", body: JSON.stringify(body) });
    await response.body?.cancel();
  }

  async open(path: string): Promise<Peer> {
    const url = orders.address.replace("http", "ws") + path;
    const peer = await Peer.open(url, v1(this.token || undefined), from(this.address));
    peer.onFrame = ({ command, error }) => seen(error?.code ?? command);
    return peer;
  }

  /** Sends over the attacker's sockets in turn; reopens closed ones. */
  async send(path: string, ...frames: unknown[]): Promise<void> {
    const i = this.acts % socketsEach, peer = this.#peers[i];
    if (peer === "opening") return;
    if (peer?.isOpen) { for (const frame of frames) peer.send(frame); }
    else {
      if (peer?.code) seen(peer.code);
      this.#peers[i] = "opening";
      this.#peers[i] = await this.open(path).catch(() => undefined);
    }
  }

  async signUp(): Promise<void> {
    const body = JSON.stringify({ username: this.username, password });
    const response = await this.call("/accounts/api/signup", { method: "POST", body });
    this.token = (await response.json()).token;
  }

  /** Stores `count` long messages in the attacker's room. */
  async store(count: number): Promise<void> {
    const peer = await Peer.open(
      `${orders.address.replace("http", "ws")}/ws/chat/${this.username}/${this.room}`,
      v1(this.token),
      from(this.address),
    );
    for (let i = 0; i < count; i++) {
      peer.say(longText, `${i}`);
      await peer.until(() => peer.frames.some(({ message }) => message?.client_id === `${i}`));
      peer.frames.length = 0;
    }
    await peer.end();
  }
}

/** One action of each attack, and its preparation. */
const attacks = {
  history: {
    act: (one: Attacker) =>
      one.send(`/ws/chat/asha/${orders.consumer}`, { command: "fetch_messages", limit: 200 }),
  },
  rooms: {
    // 20 long messages per room, with as many rooms and sockets as the service allows.
    async act(one: Attacker) {
      const path = `/ws/chat/asha/${newId()}`, peer = await one.open(path);
      for (let i = 0; i < 20 && peer.isOpen; i++) peer.say(longText, `${i}`);
      await pause(500);
      peer.cut();
    },
  },
  sessions: {
    act(one: Attacker) {
      const path = "/chatbot/api/asha/session";
      if (one.acts % 4 === 0) return one.post(path, { attributes: manyAttributes });
      return one.post(path, { consumer: orders.consumer, name: newId() });
    },
  },
  logins: {
    act: (one: Attacker) =>
      one.post("/accounts/api/login", { username: `name${random.below(1e9)}`, password: "guess" }),
  },
  upgrades: {
    async act(one: Attacker) {
      const peer = await one.open(`/ws/chat/asha/${newId()}`);
      seen(peer.code ?? 101);
      peer.cut();
    },
  },
  account: {
    prepare: (one: Attacker) => one.signUp(),
    act(one: Attacker) {
      const consumer = newId();
      const frames = [
        { command: "subscribe" },
        { command: "new_room", consumer },
        { command: "new_message", consumer, message: { content: longText } },
        { command: "fetch_rooms" },
      ];
      return one.send(`/ws/room/${one.username}`, frames[(one.acts >> 2) % frames.length]);
    },
  },
  searches: {
    async prepare(one: Attacker) {
      await one.signUp();
      await one.store(orders.addresses.length === 1 ? 200 : 20);
    },
    async act(one: Attacker) {
      // Searches with many phrases, one of them long and not indexed, and exports whose body is never read.
      if (one.acts % 16 === 0) {
        const untaken = await one.call("/messages/api/export");
        setTimeout(() => void untaken.body?.cancel(), 2_000);
        return;
      }
      const q = one.acts % 2 ? Array(8).fill("語".repeat(20)).join(" ") : `"${"語".repeat(190)}"`;
      const response = await one.call(`/messages/api/search?limit=50&q=${encodeURIComponent(q)}`);
      await response.body?.cancel();
    },
  },
  /** Frames of 64 KiB sent byte by byte, over as many sockets as the service allows. */
  bytes: { act: drip },
};
const manyAttributes = Object.fromEntries(Array.from({ length: 4_500 }, (_, i) => [`a${i}`, 0]));

const begun = encode({ opcode: opcodes.text, payload: "x".repeat(65_000) });
const dripping: { raw: RawSocket; at: number }[] = [];
let turn = 0;

/** Sends the next byte on the next socket; opens another one while the limit per address allows it. */
async function drip(one: Attacker): Promise<void> {
  if (dripping.length < Math.min(1_000, orders.addresses.length * 100) && turn++ % 20 === 0) {
    const path = `/ws/chat/asha/${newId()}`;
    const raw = await RawSocket.open(orders.address, path, from(one.address)).catch(() => undefined);
    seen(raw ? 101 : "refused");
    if (!raw) return;
    raw.connection.setNoDelay(true);
    dripping.push({ raw, at: 0 });
    return;
  }
  const next = dripping.shift();
  if (!next) return;
  const isSent = await next.raw.write(begun.subarray(next.at, next.at + 1)).then(() => true, () => false);
  next.at++;
  if (isSent) dripping.push(next);
  else {
    seen("cut off");
    next.raw.cut();
  }
}

async function* lines(): AsyncGenerator<string> {
  let text = "";
  for await (
    const part of Deno.stdin.readable.pipeThrough(
      new TextDecoderStream() as TransformStream<Uint8Array, string>,
    )
  ) {
    text += part;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
      yield text.slice(0, end);
      text = text.slice(end + 1);
    }
  }
}

const attack: { prepare?(one: Attacker): Promise<void>; act(one: Attacker): Promise<void> } =
  attacks[orders.attack];
const attackers = orders.addresses.map((address, i) => new Attacker(address, `mallory${i}`));
// A few at a time: the preparation is not part of the attack.
if (attack.prepare) {
  const left = [...attackers];
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let one = left.shift(); one; one = left.shift()) await attack.prepare!(one);
  }));
}
for (const answer of Object.keys(counts)) delete counts[answer];
console.log("ready");

let owed = 0, last = performance.now(), next = 0;
const pace = setInterval(() => {
  const now = performance.now();
  // Limits the backlog to 0.1 s of actions: actions missed earlier are dropped.
  owed = Math.min(owed + (now - last) * orders.perSecond / 1_000, orders.perSecond / 10);
  last = now;
  for (; owed >= 1; owed--) {
    const one = attackers[next++ % attackers.length]!;
    if (one.underWay >= mostUnderWay) continue;
    one.underWay++;
    void attack.act(one).catch(() => seen("broken off")).finally(() => one.underWay--);
    one.acts++;
  }
}, 10);

await commands.next();
clearInterval(pace);
console.log(JSON.stringify(counts));
Deno.exit(0);
