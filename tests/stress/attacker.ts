import { v1 } from "../parlor.ts";
import { from } from "./default_limits.ts";
import { pause } from "./figures.ts";
import { Peer } from "./peer.ts";

/** What attackers are told to do, from which addresses. They run on a thread of their own, beside whoever measures. */
export interface Orders {
  attack: keyof typeof attacks;
  /** `http://…` */
  address: string;
  addresses: string[];
  /** A room of the attacked admin with a long history. */
  consumer: string;
  /** Sessions of accounts of the attackers' own, one for each address. */
  tokens: string[];
}

interface Attacker {
  orders: Orders;
  address: string;
  token: string;
  /** Counts an answer by its status, code or close code. */
  seen(answer: string | number): void;
}

let isOver = false;
const counts: Record<string, number> = {};

async function post({ orders, address, seen }: Attacker, path: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json", ...from(address) };
  const response = await fetch(orders.address + path, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  await response.body?.cancel();
  seen(response.status);
}

const open = ({ orders, address }: Attacker, path: string, token?: string) =>
  Peer.open(orders.address.replace("http", "ws") + path, v1(token), from(address));

/** Sends frames as long as the socket is open, so many a second at most. */
async function flood(attacker: Attacker, path: string, frames: () => unknown[], token?: string) {
  const peer = await open(attacker, path, token);
  peer.onFrame = ({ command, error }) => attacker.seen(error?.code ?? command);
  while (!isOver && peer.isOpen) {
    for (const frame of frames()) peer.send(frame);
    await pause(40);
  }
  if (peer.code) attacker.seen(peer.code);
  peer.cut();
  if (!isOver) await pause(20);
}

const longText = "語".repeat(4_000);

/** Each is called again and again, for every address several at a time, until it is over. */
const attacks = {
  history: (attacker: Attacker) =>
    flood(
      attacker,
      `/ws/chat/asha/${attacker.orders.consumer}`,
      () => [{ command: "fetch_messages", limit: 200 }],
    ),
  async sessions(attacker: Attacker) {
    const attributes = Object.fromEntries(Array.from({ length: 4_500 }, (_, i) => [`a${i}`, 0]));
    const path = "/chatbot/api/asha/session";
    await post(attacker, path, { attributes });
    await post(attacker, path, { consumer: attacker.orders.consumer, name: crypto.randomUUID() });
  },
  logins: (attacker: Attacker) =>
    post(attacker, "/accounts/api/login", { username: `name${Math.random()}`, password: "guess" }),
  async upgrades(attacker: Attacker) {
    const peer = await open(attacker, `/ws/chat/asha/${crypto.randomUUID()}`);
    attacker.seen(peer.code ?? 101);
    peer.cut();
  },
  account: (attacker: Attacker) =>
    flood(attacker, `/ws/room/${attacker.orders.tokens.length ? nameOf(attacker) : ""}`, () => {
      const consumer = crypto.randomUUID();
      return [
        { command: "subscribe" },
        { command: "new_room", consumer },
        { command: "new_message", consumer, message: { content: longText } },
        { command: "fetch_rooms" },
      ];
    }, attacker.token),
};

const nameOf = ({ orders, token }: Attacker) => `mallory${orders.tokens.indexOf(token)}`;

function begin(orders: Orders): void {
  const seen = (answer: string | number) => void (counts[answer] = (counts[answer] ?? 0) + 1);
  for (const [i, address] of orders.addresses.entries()) {
    const attacker = { orders, address, token: orders.tokens[i] ?? "", seen };
    for (let k = 0; k < 4; k++) void keepOn(attacker);
  }
}

async function keepOn(attacker: Attacker): Promise<void> {
  while (!isOver) {
    await attacks[attacker.orders.attack](attacker).catch(() => pause(20));
  }
}

const worker = self as unknown as {
  onmessage: (event: MessageEvent<Orders | "end">) => void;
  postMessage(message: unknown): void;
};
worker.onmessage = async ({ data }) => {
  if (data !== "end") return begin(data);
  isOver = true;
  await pause(300);
  worker.postMessage(counts);
};
