/** The test page's own script: one room over `parlor.v1`, resumed after every reconnect. */
export const testPageScript = `
const { admin, consumer, token } = document.getElementById("chat").dataset;
const list = document.getElementById("messages"), state = document.getElementById("state");
const form = document.getElementById("form"), input = document.getElementById("input");
const outbox = new Map();
let socket, epoch, last = 0, tries = 0;

function show(message) {
  if (message.seq <= last) return;
  last = message.seq;
  outbox.delete(message.client_id);
  if (message.kind !== "text") return;
  const line = document.createElement("p"), author = document.createElement("b");
  author.textContent = message.author === consumer ? "You: " : message.author + ": ";
  line.append(author, message.content);
  list.append(line);
}

const send = (frame) => { if (socket.readyState === 1) socket.send(JSON.stringify(frame)); };
const resume = () => send({ command: "fetch_messages", after: last, epoch, limit: 200 });

const handlers = {
  welcome() { tries = 0; state.textContent = "Connected"; resume(); },
  messages(frame) {
    if (frame.recovered === false) { list.textContent = ""; last = 0; }
    epoch = frame.epoch;
    frame.messages.forEach(show);
    if (frame.recovered !== false && frame.has_more) return resume();
    for (const frame of outbox.values()) send(frame);
  },
  new_message({ message }) { message.seq > last + 1 ? resume() : show(message); },
  presence({ online }) { state.textContent = online ? "Online" : "Connected"; },
  error({ error, client_id }) { outbox.delete(client_id); state.textContent = error.message; },
};

function connect() {
  const url = location.origin.replace(/^http/, "ws") + "/ws/chat/" + admin + "/" + consumer;
  socket = new WebSocket(url, ["parlor.v1", "bearer." + token]);
  socket.onmessage = (event) => { const frame = JSON.parse(event.data); handlers[frame.command]?.(frame); };
  socket.onclose = ({ code }) => {
    if (code >= 4400 && code !== 4408 && code !== 4429) { state.textContent = "Disconnected. Load the page again"; return; }
    state.textContent = "Reconnecting…";
    setTimeout(connect, Math.random() * Math.min(30000, 500 * 2 ** ++tries));
  };
}

form.onsubmit = (event) => {
  event.preventDefault();
  const content = input.value;
  if (!content.trim()) return;
  const frame = { command: "new_message", client_id: crypto.randomUUID(), message: { author: consumer, content } };
  outbox.set(frame.client_id, frame);
  send(frame);
  input.value = "";
};
connect();
`;
