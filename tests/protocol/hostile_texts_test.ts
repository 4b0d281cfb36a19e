import assert from "node:assert/strict";
import { addressKey } from "../../chat/limits/address_key.ts";
import { parsePhrases } from "../../db/search_phrases.ts";
import { wordsOf } from "../../db/search_words.ts";
import { ChatbotSettings } from "../../protocol/chatbot.ts";
import { maxBodyBytes, maxContentLength, maxFrameBytes } from "../../protocol/limits.ts";
import { Origin } from "../../protocol/origin.ts";
import { parseFrame } from "../../protocol/parse_frame.ts";
import { OpenSession, Signup } from "../../protocol/requests.ts";
import { cutLinks } from "../../protocol/links.ts";
import { busyMs } from "../harness/busy_ms.ts";

/** Maximum processing time of a text, since it blocks the event loop. Milliseconds. */
const most = 5;

interface Place {
  length: number;
  look: (text: string) => unknown;
}

/** Texts that cause regular expressions to backtrack; repeated up to a given length. */
const seeds = [
  "a",
  "a.",
  "a@",
  "a@a.",
  "-",
  "_a",
  " ",
  "\t\n",
  '"',
  '"a ',
  "(",
  ")",
  "(a)",
  "<!--",
  "https://",
  "https://a/)",
  "http://[",
  "1:",
  "::",
  "#",
  "%",
  "\\",
  "e\u0301",
  "\u0301",
  "ﷺ",
  "👩‍👩‍👧",
  "語",
  "ก\u0e31",
];
const upTo = (length: number) =>
  seeds.flatMap((seed) => {
    const text = seed.repeat(Math.floor(length / seed.length));
    return [text, `${text}!`, `@${text}`];
  });

const frameOf = (fields: (text: string) => Record<string, unknown>) => (text: string) =>
  parseFrame(JSON.stringify(fields(text)), true);
/** Each field of a visit separately: one body cannot hold several texts of this length. */
function visitPlaces(): Record<string, Place> {
  const visits: Record<string, (text: string) => unknown> = {
    consumer: (consumer) => ({ consumer }),
    name: (name) => ({ name }),
    email: (email) => ({ email }),
    locale: (locale) => ({ locale }),
    time_zone: (time_zone) => ({ time_zone }),
    url: (url) => ({ page: { url } }),
    referrer: (referrer) => ({ page: { url: "", referrer } }),
    attributes: (text) => ({ attributes: { [text]: text } }),
  };
  return Object.fromEntries(
    Object.entries(visits).map(([field, visit]) => [`${field} of a visit`, {
      length: maxBodyBytes,
      look: (text: string) => OpenSession.safeParse(visit(text)),
    }]),
  );
}
/** Every place that processes a visitor's text, with its maximum length there. */
const places: Record<string, Place> = {
  "a frame": { length: maxFrameBytes, look: (text) => parseFrame(text, true) },
  "a command": { length: maxFrameBytes, look: frameOf((command) => ({ command })) },
  "a message": {
    length: maxFrameBytes,
    look: frameOf((content) => ({ command: "new_message", message: { content } })),
  },
  "a client id": {
    length: maxFrameBytes,
    look: frameOf((client_id) => ({ command: "new_message", client_id, message: { content: "x" } })),
  },
  "a consumer": { length: maxFrameBytes, look: frameOf((consumer) => ({ command: "new_room", consumer })) },
  "a query": { length: maxFrameBytes, look: frameOf((q) => ({ command: "fetch_rooms", q })) },
  "an account": {
    length: maxFrameBytes,
    look: (text) => Signup.safeParse({ username: text, password: text, email: text }),
  },
  ...visitPlaces(),
  "a chatbot": {
    length: maxFrameBytes,
    look: (text) =>
      ChatbotSettings.safeParse({ accent: text, locale: text, avatar_url: text, allowed_origins: [text] }),
  },
  "an origin": { length: maxFrameBytes, look: (text) => Origin.safeParse(text) },
  "an address": { length: maxFrameBytes, look: addressKey },
  "words of a message": { length: maxContentLength, look: wordsOf },
  "words of a query": { length: 200, look: parsePhrases },
  "links in a message": { length: maxContentLength, look: cutLinks },
};

for (const [place, { length, look }] of Object.entries(places)) {
  Deno.test(`${place}: no text takes longer than ${most} ms`, () => {
    for (const text of upTo(length)) {
      // The best of several runs, to exclude the machine's load.
      let best = Infinity;
      for (let tries = 0; tries < 10 && best > most; tries++) {
        best = Math.min(best, busyMs(() => look(text)));
      }
      assert.ok(best < most, `${best.toFixed(1)} ms for ${JSON.stringify(text.slice(0, 20))}…`);
    }
  });
}
