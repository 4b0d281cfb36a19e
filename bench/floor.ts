import { setImmediate } from "node:timers";
import { DatabaseSync } from "node:sqlite";

/**
 * Baseline: a minimal chat server on this runtime that stores a message durably, then relays it to its room.
 * No authentication, validation, limits or seq. The difference to Parlor is the cost of these features.
 */
const db = new DatabaseSync(Deno.env.get("DATABASE_URL")!.replace("sqlite:", ""));
db.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE messages (key INTEGER PRIMARY KEY, room TEXT, author TEXT, content TEXT, created TEXT);
  CREATE INDEX messages_by_room ON messages (room, key);
`);
const insert = db.prepare("INSERT INTO messages (room, author, content, created) VALUES (?, ?, ?, ?)");

interface Stored {
  room: string;
  author: string;
  content: string;
  created: string;
}

const rooms = new Map<string, Set<WebSocket>>();
let waiting: Stored[] = [];

/** Messages of one turn of the event loop share a commit and are relayed after it. */
function commit() {
  const batch = waiting;
  waiting = [];
  db.exec("BEGIN");
  for (const { room, author, content, created } of batch) insert.run(room, author, content, created);
  db.exec("COMMIT");
  for (const message of batch) {
    const text = JSON.stringify({ command: "new_message", message });
    for (const socket of rooms.get(message.room) ?? []) if (socket.readyState === 1) socket.send(text);
  }
}

function received(room: string, socket: WebSocket, text: string) {
  const { command, message } = JSON.parse(text);
  if (command === "new_room") return socket.send('{"command":"room_exists"}');
  if (waiting.length === 0) setImmediate(commit);
  const { author, content } = message;
  waiting.push({ room, author, content, created: new Date().toISOString() });
}

const port = Number(Deno.env.get("PORT"));
const onListen = ({ port }: Deno.NetAddr) => console.log(`http://127.0.0.1:${port}`);
Deno.serve({ hostname: "127.0.0.1", port, onListen }, (request) => {
  const room = new URL(request.url).pathname;
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  const sockets = rooms.get(room) ?? new Set();
  rooms.set(room, sockets);
  socket.onopen = () => sockets.add(socket);
  socket.onclose = () => {
    sockets.delete(socket);
    if (sockets.size === 0) rooms.delete(room);
  };
  socket.onmessage = ({ data }) => received(room, socket, data);
  return response;
});
