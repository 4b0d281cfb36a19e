import { type Context, Hono } from "hono";
import { closeCodes, subprotocol } from "../../protocol/limits.ts";
import { isUsername } from "../../protocol/names.ts";
import { countNewId } from "../../chat/visitors/consumer_ids.ts";
import type { Availability } from "../../chat/chatbots/availability.ts";
import { chatbotOf } from "../../chat/chatbots/chatbots.ts";
import type { Who } from "../../chat/who.ts";
import { chargeUpgrade, countGuess } from "../../chat/limits/charges.ts";
import { RateLimited, UnknownAdmin } from "../../chat/errors.ts";
import { freePayer } from "../../chat/limits/meter.ts";
import { Unavailable } from "../../db/errors.ts";
import type { RoomRecord } from "../../db/store.ts";
import { serveChatSocket } from "../../sockets/endpoints/chat_socket.ts";
import { Connection } from "../../sockets/connection.ts";
import { adminsName, blocked, type Refusal, restarting } from "../../sockets/refusals.ts";
import { memberCommands } from "../../sockets/endpoints/member_socket.ts";
import { serveRoomSocket } from "../../sockets/endpoints/room_socket.ts";
import { CannotUpgrade, type Wire } from "../../sockets/wires/wire.ts";
import { addressOf } from "../http/address.ts";
import type { Place } from "./address_count.ts";
import { offerOf } from "../api/credentials.ts";
import { BadHandshake, NotFound } from "../http/errors.ts";
import { checkHandshake } from "./handshake.ts";
import { type Opening, revalidate } from "./revalidate.ts";
import type { Env, Service } from "../service.ts";
import { identify, type SocketIdentity, type SocketPath } from "./socket_identity.ts";

/** The two sockets: `/ws/chat/<admin>/<consumer>` and `/ws/room/<admin>`. */
export function socketRoutes(service: Service) {
  const app = new Hono<Env>({ strict: false });
  app.get("/chat/:admin/:consumer", (c) => open(service, c, c.req.param()));
  app.get("/room/:admin", (c) => open(service, c, c.req.param()));
  return app;
}

/**
 * Identity and room are read before the upgrade, so that listeners can be attached in the same turn.
 */
async function open(service: Service, { req: { raw: request }, env }: Context<Env>, path: SocketPath) {
  checkHandshake(request);
  const upgrade = env?.upgrade;
  if (!upgrade) throw new NotFound("No socket can be opened here");
  refuseIfDraining(service);
  if (service.memory.isShort) throw new Unavailable("short of memory");
  const address = addressOf(request, env?.remoteAddress, service.trustProxy);
  chargeUpgrade(service.chat, address);
  const place = service.sockets.enter(address);
  if (!place) throw tooManySockets();
  try {
    const identified = await identify(service, request, path, address);
    if ("code" in identified) countGuess(service.chat, address);
    const isKnown = "who" in identified && identified.expires !== undefined;
    if (!isKnown && place.isForKnown) throw tooManySockets();
    if (isKnown && identified.who.kind === "visitor") identified.who.known = true;
    const room = "who" in identified ? await roomOf(service, identified, path) : undefined;
    const refused = "who" in identified ? refusalOf(identified.who, room) : undefined;
    const isBare = "who" in identified && identified.expires === undefined;
    if (isBare && !refused && path.consumer !== undefined && !room) countNewId(service.chat, address);
    const identity = refused ?? identified;
    const { v1 } = offerOf(request);
    const availability = "code" in identity ? undefined : await availabilityFor(service, identity.who);
    const opened = { identity, room, v1, path, address, place, availability };
    refuseIfDraining(service);
    return upgrade(request, v1 ? subprotocol : undefined, (wire) => serve(service, wire, opened));
  } catch (error) {
    place.leave();
    if (!(error instanceof CannotUpgrade)) throw error;
    throw new BadHandshake("No socket can be made of this request");
  }
}

const tooManySockets = () => new RateLimited(10_000, "Too many sockets from this address");

/** The reason to close this room to a visitor. */
function refusalOf(who: Who, room: RoomRecord | undefined): Refusal | undefined {
  if (who.kind !== "visitor") return undefined;
  if (isUsername(who.consumer, who.admin)) return adminsName;
  return room?.blocked === undefined ? undefined : blocked;
}

function refuseIfDraining({ draining }: Service): void {
  if (draining) throw new Unavailable("draining");
}

interface Opened {
  identity: SocketIdentity | Refusal;
  room: RoomRecord | undefined;
  v1: boolean;
  path: SocketPath;
  address: string;
  place: Place;
  availability: Availability | undefined;
}

/** The settings that decide whether a visitor sees somebody online; an admin needs none. */
async function availabilityFor({ chat, hub }: Service, who: Who): Promise<Availability | undefined> {
  if (who.kind === "admin") return undefined;
  const known = hub.availabilityOf(who.admin);
  if (known) return known;
  try {
    const { away, business_hours, holidays } = await chatbotOf(chat, who.admin);
    return { away, business_hours, holidays };
  } catch (error) {
    // The account was deleted in this moment; the check after opening closes the socket with the reason.
    if (error instanceof UnknownAdmin) return undefined;
    throw error;
  }
}

/** Puts a connection on the wire and its endpoint behind it. */
function serve(service: Service, wire: Wire, opened: Opened): Connection {
  const { chat, hub, log, metrics } = service;
  const { identity, room, v1, path, address, place, availability } = opened;
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
    room: room?.id,
    judge: refused ? undefined : identity.judge,
    payer: (who.kind === "admin" ? chat.meter?.account(who.agent.username) : chat.meter?.address(address)) ??
      freePayer,
  });
  const member = who.kind === "admin"
    ? memberCommands({ chat, hub, feeds: service.members }, connection)
    : undefined;
  if (refused) connection.onOpen = () => connection.close(identity.code, identity.reason);
  else if (path.consumer === undefined) serveRoomSocket(chat, hub, connection, availability, member);
  else {
    const key = { admin: who.admin, consumer: path.consumer };
    serveChatSocket(chat, hub, connection, key, room?.head ?? 0, availability, member);
  }
  if (!refused) welcomeIfStillOpen(service, connection, { identity, path, room });

  const onEnd = connection.onEnd;
  connection.onEnd = (code) => {
    place.closing();
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
  // Counted for as long as the peer stays connected, whatever we have closed.
  connection.onGone = place.leave;
  if (expires === undefined) connection.onHeard = place.heard;
  else place.heard();
  return connection;
}

/** Lists the socket once it is open, unless the service drains or its admission has ended meanwhile. */
function welcomeIfStillOpen(service: Service, connection: Connection, opening: Opening): void {
  const { onOpen } = connection;
  connection.onOpen = () => {
    // Listed sockets have been closed already.
    if (service.draining) return connection.close(restarting.code, restarting.reason);
    onOpen();
    connection.onOpen = () => {}; // what it holds is not kept for as long as the socket
    void revalidate(service.chat, connection, opening);
  };
}

/** A peer may close with any code; metrics count only a few. */
function knownCode(code: number): string {
  return code <= 1015 || Object.values<number>(closeCodes).includes(code) ? String(code) : "other";
}

/** The room of a chat socket, if it exists. */
async function roomOf(
  { chat }: Service,
  { who }: SocketIdentity,
  { consumer }: SocketPath,
): Promise<RoomRecord | undefined> {
  return consumer === undefined ? undefined : await chat.store.room({ admin: who.admin, consumer });
}
