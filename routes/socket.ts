import { type Context, Hono } from "hono";
import { closeCodes, subprotocol } from "../protocol/limits.ts";
import { mindGuess } from "../chat/guesses.ts";
import { RateLimited } from "../chat/errors.ts";
import { Unavailable } from "../db/errors.ts";
import type { RoomRecord } from "../db/store.ts";
import { serveChatSocket } from "../sockets/chat_socket.ts";
import { Connection } from "../sockets/connection.ts";
import { serveRoomSocket } from "../sockets/room_socket.ts";
import type { Wire } from "../sockets/wire.ts";
import { addressOf } from "./address.ts";
import { offerOf } from "./credentials.ts";
import { NotFound } from "./errors.ts";
import { checkHandshake } from "./handshake.ts";
import type { Env, Service } from "./service.ts";
import { identify, type Refusal, type SocketIdentity, type SocketPath } from "./socket_identity.ts";

/** The two sockets: `/ws/chat/<admin>/<consumer>` and `/ws/room/<admin>`. */
export function socketRoutes(service: Service) {
  const app = new Hono<Env>({ strict: false });
  app.get("/chat/:admin/:consumer", (c) => open(service, c, c.req.param()));
  app.get("/room/:admin", (c) => open(service, c, c.req.param()));
  return app;
}

/**
 * Who it is and where the room stands is settled before the upgrade, so that the listeners can be attached in its turn.
 */
async function open(service: Service, { req: { raw: request }, env }: Context<Env>, path: SocketPath) {
  checkHandshake(request.headers);
  const upgrade = env?.upgrade;
  if (!upgrade) throw new NotFound("No socket can be opened here");
  if (service.draining) throw new Unavailable("draining");
  if (service.memory.isShort) throw new Unavailable("short of memory");
  const address = addressOf(request, env?.remoteAddress, service.trustProxy);
  if (!service.sockets.enter(address)) throw new RateLimited(10_000, "Too many sockets from this address");
  try {
    const identified = await identify(service, request, path, address);
    if ("code" in identified) mindGuess(service.chat, address);
    const room = "who" in identified ? await roomOf(service, identified, path) : undefined;
    const isBlocked = room?.blocked !== undefined && "who" in identified && identified.who.kind === "visitor";
    const identity = isBlocked ? blocked : identified;
    const head = room?.head ?? 0;
    const { v1 } = offerOf(request);
    const opened = { identity, head, v1, path, address };
    return upgrade(request, v1 ? subprotocol : undefined, (wire) => serve(service, wire, opened));
  } catch (error) {
    service.sockets.leave(address);
    throw error;
  }
}

const blocked: Refusal = { code: closeCodes.notAllowed, reason: "This visitor is blocked" };

interface Opened {
  identity: SocketIdentity | Refusal;
  head: number;
  v1: boolean;
  path: SocketPath;
  address: string;
}

/** Puts a connection on the wire and the right server behind it. */
function serve(service: Service, wire: Wire, opened: Opened): Connection {
  const { chat, hub, log, metrics, sockets } = service;
  const { identity, head, v1, path, address } = opened;
  const refused = "code" in identity;
  const who = refused ? { kind: "stranger", admin: path.admin, address } as const : identity.who;
  const { jti, expires } = refused ? {} : identity as SocketIdentity;
  const connection = new Connection(wire, {
    who,
    v1,
    log,
    refused: metrics.refused,
    around: service.aroundFrame,
    jti,
    expires,
    takeFrame: service.frameAllowance(),
  });
  if (refused) connection.onOpen = () => connection.close(identity.code, identity.reason);
  else if (path.consumer === undefined) serveRoomSocket(chat, hub, connection);
  else serveChatSocket(chat, hub, connection, { admin: who.admin, consumer: path.consumer }, head);

  const onEnd = connection.onEnd;
  connection.onEnd = (code) => {
    sockets.leave(address);
    metrics.closed.add(knownCode(code));
    log.info("socket", {
      kind: path.consumer === undefined ? "room" : "chat",
      as: refused ? "refused" : who.kind,
      code,
      frames: connection.frames,
      seconds: Math.round((performance.now() - connection.openedAt) / 1000),
    });
    onEnd(code);
  };
  return connection;
}

/** A peer may close with any number it likes; what is counted by is a few. */
function knownCode(code: number): string {
  return code <= 1015 || Object.values<number>(closeCodes).includes(code) ? String(code) : "other";
}

/** The room of a chat socket, if it is there. */
async function roomOf(
  { chat }: Service,
  { who }: SocketIdentity,
  { consumer }: SocketPath,
): Promise<RoomRecord | undefined> {
  return consumer === undefined ? undefined : await chat.store.room({ admin: who.admin, consumer });
}
