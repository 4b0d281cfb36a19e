import type { ComponentChildren } from "preact";
import type { VisitorFacts } from "../../../protocol/portal.ts";
import type { RoomView } from "../inbox/room_view.ts";
import { minute } from "../shell/now.ts";
import { fullWhen, timeIn } from "../words/times.ts";
import { locale } from "../words/words.ts";
import { say, type Word } from "./visitor_words.ts";

/** Facts about a visitor, as far as the settings allow them. */
export function Facts({ view, facts }: { view: RoomView; facts?: VisitorFacts }) {
  if (!facts) {
    return (
      <div class="facts" role="status">
        <span class="spoken">{say("loading")}</span>
        <Bones />
      </div>
    );
  }
  const localTime = facts.time_zone && timeIn(facts.time_zone, minute.value);
  return (
    <>
      <dl class="facts">
        <Fact word="page">{facts.page && <Address url={facts.page} />}</Fact>
        <Fact word="referrer">{facts.referrer && <Address url={facts.referrer} />}</Fact>
        <Fact word="last_seen">{view.online ? say("now") : fullWhen(Date.parse(facts.last_seen))}</Fact>
        <Fact word="first_seen">{fullWhen(Date.parse(facts.first_seen))}</Fact>
        <Fact word="local_time">{localTime && `${localTime} (${facts.time_zone})`}</Fact>
        <Fact word="language">{facts.locale && languageName(facts.locale)}</Fact>
        <Fact word="device">{facts.device}</Fact>
        <Fact word="conversations">{new Intl.NumberFormat(locale()).format(facts.conversations)}</Fact>
      </dl>
      <Attributes word="signed_facts" of={facts.verified_attributes} />
      <Attributes word="claimed_facts" of={facts.attributes} />
    </>
  );
}

/** Attributes of one source, under its name, so that their origin is clear. */
function Attributes(
  { word, of = {} }: { word: "signed_facts" | "claimed_facts"; of?: Record<string, string> },
) {
  const all = Object.entries(of);
  if (all.length === 0) return null;
  return (
    <section class="facts" aria-labelledby={word}>
      <h3 id={word}>{say(word)}</h3>
      <dl>
        {all.map(([name, value]) => (
          <div class="fact" key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Fact({ word, children }: { word: Word; children?: ComponentChildren }) {
  if (!children) return null;
  return (
    <div class="fact">
      <dt>{say(word)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A readable web address, without the scheme. Its text is untrusted. */
function Address({ url }: { url: string }) {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return <bdi>{url}</bdi>;
  const shown = parsed.host + (parsed.pathname + parsed.search).replace(/^\/$/, "");
  return (
    <a href={parsed.href} target="_blank" rel="noopener noreferrer nofollow" title={parsed.href}>{shown}</a>
  );
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function Bones() {
  return (
    <>
      {Array.from({ length: 6 }, (_, i) => (
        <div class="fact" key={i}>
          <span class="bone bone-line" />
          <span class="bone bone-line long" />
        </div>
      ))}
    </>
  );
}
