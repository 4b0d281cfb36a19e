import { bytesOf, closing, encode, joined, opcodes, type RawFrame } from "./raw_socket.ts";

/**
 * The server's next action: a response with this command or error code, a pong with this payload, or a close
 * with one of these codes. 0: the connection ends without a close frame.
 */
export type Outcome = string | { pong: string | Uint8Array } | { closes: number[] };

export interface Case {
  name: string;
  bytes: Uint8Array;
  then: Outcome[];
  /**
   * Outcomes on Deno's native sockets where they deviate from RFC 6455: they enforce no size limits and
   * accept unmasked frames.
   */
  native?: Outcome[];
  /** Sends each byte in its own segment. */
  dripped?: boolean;
}

const { continuation, text, binary, close, ping, pong } = opcodes;
const question = '{"command":"fetch_messages"}';
/** The question, padded to this length. Bytes. */
const padded = (length: number) => question + " ".repeat(length - question.length);
const answered = "messages";
const closes = (...codes: number[]) => ({ closes: codes });
const broken = [closes(1002)];
const bytes = (...values: number[]) => new Uint8Array(values);

/** A message in fragments with these payloads, with other frames interleaved where given. */
function fragments(...payloads: (string | Uint8Array | RawFrame)[]): RawFrame[] {
  const isPart = (payload: unknown): payload is string | Uint8Array =>
    typeof payload === "string" || payload instanceof Uint8Array;
  const first = payloads.findIndex(isPart), last = payloads.findLastIndex(isPart);
  return payloads.map((payload, i) =>
    isPart(payload) ? { opcode: i === first ? text : continuation, payload, fin: i === last } : payload
  );
}

function inPieces(message: string, size: number): string[] {
  return Array.from(
    { length: Math.ceil(message.length / size) },
    (_, i) => message.slice(i * size, (i + 1) * size),
  );
}

const framesOf = (frames: RawFrame | RawFrame[]) => joined(...[frames].flat().map(encode));

function one(
  name: string,
  frames: RawFrame | RawFrame[],
  then: Outcome | Outcome[],
  more: Partial<Case> = {},
): Case {
  return { name, bytes: framesOf(frames), then: [then].flat(), ...more };
}

const lengths: Case[] = [
  one("a text of 28 bytes", { opcode: text, payload: question }, answered),
  one("a text of 125 bytes, the most of a short length", { opcode: text, payload: padded(125) }, answered),
  one("a text of 126 bytes, the least of 16 bits", { opcode: text, payload: padded(126) }, answered),
  one("a text of 65,535 bytes, the most of 16 bits", { opcode: text, payload: padded(65_535) }, answered),
  one("a text of 65,536 bytes, the least of 64 bits and our most", {
    opcode: text,
    payload: padded(65_536),
  }, answered),
  one("a text of 65,537 bytes", { opcode: text, payload: padded(65_537) }, closes(1009)),
  one("a text that claims 2^40 bytes", { opcode: text, payload: question, length: 1n << 40n }, closes(1009)),
  one("a text that claims 2^63 bytes", { opcode: text, payload: question, length: 1n << 63n }, closes(1009)),
  one("a length in more bits than it needs", { opcode: text, payload: question, lengthBits: 64 }, answered),
  one("an empty text", { opcode: text }, "bad_json"),
  one("an empty binary", { opcode: binary }, "invalid_input"),
  one("a binary of bytes that are no text", { opcode: binary, payload: bytes(0, 255, 254) }, "invalid_input"),
  one("a text whose bytes come one by one", { opcode: text, payload: question }, answered, { dripped: true }),
  one("three frames in one segment", Array(3).fill({ opcode: text, payload: question }), [
    answered,
    answered,
    answered,
  ]),
];

const masks: Case[] = [
  one("a text without a mask", { opcode: text, payload: question, masked: false }, broken, {
    native: [answered],
  }),
  one("a ping without a mask", { opcode: ping, masked: false }, broken, { native: [{ pong: "" }] }),
  one("a close without a mask", { opcode: close, payload: closing(1000), masked: false }, broken, {
    native: [closes(1000)],
  }),
];

const pings: Case[] = [
  one("an empty ping", { opcode: ping }, { pong: "" }),
  one("a ping with text", { opcode: ping, payload: "are you there" }, { pong: "are you there" }),
  one("a ping of bytes that are no text", { opcode: ping, payload: bytes(0, 255, 254) }, {
    pong: bytes(0, 255, 254),
  }),
  one("a ping of 125 bytes", { opcode: ping, payload: "p".repeat(125) }, { pong: "p".repeat(125) }),
  one("a ping of 126 bytes", { opcode: ping, payload: "p".repeat(126) }, broken),
  one("a ping whose bytes come one by one", { opcode: ping, payload: "slow" }, { pong: "slow" }, {
    dripped: true,
  }),
  one("ten pings", Array.from({ length: 10 }, (_, i) => ({ opcode: ping, payload: `${i}` })), [
    ...Array.from({ length: 10 }, (_, i) => ({ pong: `${i}` })),
  ]),
  one(
    "a pong nobody asked for",
    [{ opcode: pong, payload: "here" }, { opcode: text, payload: question }],
    answered,
  ),
  one("a pong of 126 bytes", [{ opcode: pong, payload: "p".repeat(126) }, { opcode: ping }], broken, {
    native: [{ pong: "" }],
  }),
  one("a ping in fragments", { opcode: ping, payload: "half", fin: false }, broken),
  one("a pong in fragments", { opcode: pong, payload: "half", fin: false }, broken),
];

const reserved: Case[] = [
  ...[1, 2, 4, 7].map((rsv) =>
    one(`a text with reserved bits ${rsv}`, { opcode: text, payload: question, rsv }, broken)
  ),
  one("a ping with a reserved bit", { opcode: ping, rsv: 1 }, broken),
  one("a close with reserved bits", { opcode: close, payload: closing(1000), rsv: 7 }, broken),
  one("a later fragment with a reserved bit", [
    { opcode: text, payload: "{", fin: false },
    { opcode: continuation, payload: "}", rsv: 4 },
  ], broken),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode) =>
    one(`opcode ${opcode}, which is reserved`, { opcode, payload: question }, broken)
  ),
];

const inFragments: Case[] = [
  one("a text in two fragments", fragments('{"command":', '"fetch_messages"}'), answered),
  one("a text in a fragment a byte", fragments(...inPieces(question, 1)), answered),
  one("a text in 200 fragments", fragments(...inPieces(padded(4_000), 20)), answered),
  one("a text with empty fragments at both ends", fragments("", question, ""), answered),
  one(
    "a ping between fragments",
    fragments('{"command":', { opcode: ping, payload: "!" }, '"fetch_messages"}'),
    [
      { pong: "!" },
      answered,
    ],
  ),
  one("a pong between fragments", fragments('{"command":', { opcode: pong }, '"fetch_messages"}'), answered),
  one(
    "a close between fragments",
    fragments('{"command":', { opcode: close, payload: closing(1000) }, "}"),
    closes(1000),
  ),
  one("a later fragment without a first", { opcode: continuation, payload: question }, broken),
  one(
    "an unfinished later fragment without a first",
    { opcode: continuation, payload: question, fin: false },
    broken,
  ),
  one("a later fragment after a finished text", [
    { opcode: text, payload: "{" },
    { opcode: continuation, payload: "}" },
  ], ["bad_json", ...broken]),
  one("a text within an unfinished text", [
    { opcode: text, payload: "{", fin: false },
    { opcode: text, payload: question },
  ], broken),
  one("a binary within an unfinished text", [
    { opcode: text, payload: "{", fin: false },
    { opcode: binary, payload: question },
  ], broken),
  one("65,536 bytes in 64 fragments", fragments(...inPieces(padded(65_536), 1_024)), answered),
  one("65,537 bytes in 65 fragments", fragments(...inPieces(padded(65_537), 1_024)), closes(1009)),
  one(
    "64 KiB in one fragment and a byte in the next, without an end",
    [
      { opcode: text, payload: padded(65_536), fin: false },
      { opcode: continuation, payload: " ", fin: false },
      { opcode: ping },
    ],
    closes(1009),
    { native: [{ pong: "" }] },
  ),
  one(
    "2,000 fragments of nothing, without an end",
    [
      { opcode: text, fin: false },
      ...Array<RawFrame>(2_000).fill({ opcode: continuation, fin: false }),
      { opcode: ping },
    ],
    closes(1008, 1009),
    { native: [{ pong: "" }] },
  ),
];

const utf8 = (name: string, payload: Uint8Array | Uint8Array[], then: Outcome | Outcome[]) =>
  one(name, fragments(...[payload].flat()), then);
const refused = closes(1007);
const encodings: Case[] = [
  utf8("text of two, three and four bytes a character", bytesOf('{"command":"é語🙂"}'), "unknown_command"),
  utf8("a character split over two fragments", [
    joined(bytesOf('{"command":"'), bytes(0xf0, 0x9f)),
    joined(bytes(0x99, 0x82), bytesOf('"}')),
  ], "unknown_command"),
  utf8(
    "the last code point there is",
    joined(bytesOf('{"command":"'), bytes(0xf4, 0x8f, 0xbf, 0xbf), bytesOf('"}')),
    "unknown_command",
  ),
  utf8("a byte that only continues", bytes(0x80), refused),
  utf8("an overlong slash", bytes(0xc0, 0xaf), refused),
  utf8("an overlong NUL of three bytes", bytes(0xe0, 0x80, 0x80), refused),
  utf8("half of a surrogate pair", bytes(0xed, 0xa0, 0x80), refused),
  utf8("a code point past the last", bytes(0xf4, 0x90, 0x80, 0x80), refused),
  utf8("bytes that UTF-8 never has", bytes(0xfe, 0xff), refused),
  utf8("a character that breaks off", joined(bytesOf("{"), bytes(0xf0, 0x9f, 0x99)), refused),
  utf8("bad bytes in the second fragment", [bytesOf("{"), bytes(0xff)], refused),
];

const closings: Case[] = [
  one("a close without a code", { opcode: close }, closes(1000, 1005)),
  ...[1000, 1001, 1003, 1007, 1011, 3000, 4999].map((code) =>
    one(`a close with ${code}`, { opcode: close, payload: closing(code) }, closes(code))
  ),
  one(
    "a close with a reason of 123 bytes",
    { opcode: close, payload: closing(1000, "r".repeat(123)) },
    closes(1000),
  ),
  one(
    "a close with a reason of 124 bytes",
    { opcode: close, payload: closing(1000, "r".repeat(124)) },
    broken,
    { native: [closes(1000)] },
  ),
  one("a close with half a code", { opcode: close, payload: bytes(3) }, broken),
  one(
    "a close with a reason that is no text",
    { opcode: close, payload: closing(1000, bytes(0xff)) },
    refused,
  ),
  ...[0, 999, 1004, 1005, 1006, 1016, 2999, 5000].map((code) =>
    one(`a close with ${code}, which nobody may send`, { opcode: close, payload: closing(code) }, broken)
  ),
  one("a close in fragments", { opcode: close, payload: closing(1000), fin: false }, broken),
  one("a question after the close", [
    { opcode: close, payload: closing(1000) },
    { opcode: text, payload: question },
  ], closes(1000)),
  one("a text and a close at once", [
    { opcode: text, payload: "{" },
    { opcode: close, payload: closing(1000) },
  ], ["bad_json", closes(1000)]),
];

/** Input of a peer, by the requirement that it tests. */
export const groups: Record<string, Case[]> = {
  lengths,
  masks,
  "pings and pongs": pings,
  "reserved bits and opcodes": reserved,
  fragments: inFragments,
  "UTF-8": encodings,
  closes: closings,
};
