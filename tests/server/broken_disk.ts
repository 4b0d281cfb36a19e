import { Client, type Frame } from "../harness/client.ts";
import { v1 } from "../harness/parlor.ts";
import type { ServiceProcess } from "../harness/service_process.ts";

// A visitor's view of a service whose disk fails.
const consumer = crypto.randomUUID();

/** A visitor's tab, and a second one that only listens. */
export async function tabs({ address }: ServiceProcess): Promise<[Client, Client]> {
  const open = () =>
    Client.open(`${address.replace("http", "ws")}/ws/chat/asha/${consumer}`, { protocols: v1() });
  return [await open(), await open()];
}

export async function statusOf(
  service: ServiceProcess,
  path: string,
  init: RequestInit = {},
): Promise<number> {
  const response = await fetch(service.address + path, init);
  await response.body?.cancel();
  return response.status;
}

/** Sends a message. Returns its `seq`, or the error code. */
export async function say(client: Client, id: string): Promise<number | string> {
  client.send({ command: "new_message", client_id: id, message: { content: id } });
  const isAnswer = (frame: Frame) =>
    (frame.command === "error" && frame.client_id === id) || frame.message?.client_id === id;
  await client.until(() => client.frames.some(isAnswer));
  const [answer] = client.frames.splice(client.frames.findIndex(isAnswer), 1);
  return answer!.error?.code ?? answer!.message.seq;
}

export async function history(client: Client): Promise<string[]> {
  client.send({ command: "fetch_messages", after: 0, limit: 200 });
  return (await client.next("messages")).messages.map(({ client_id }: Frame) => client_id);
}
