import type { Durations, ReportDay, ReportFigures } from "../../protocol/reports.ts";
import type { Episode } from "../../db/collections/episodes.ts";
import { Quantiles } from "./quantiles.ts";

/** A duration by the clock and within business hours. Seconds. */
interface Span {
  seconds: number;
  working: number;
}

/** Durations of many episodes. */
class Spans {
  #wall = new Quantiles();
  #working = new Quantiles();

  add(span: Span | undefined): void {
    if (!span) return;
    this.#wall.add(span.seconds);
    this.#working.add(span.working);
  }

  figures(): Durations {
    const { count } = this.#wall, wall = this.#wall.at(0.5, 0.9), working = this.#working.at(0.5, 0.9);
    if (!wall || !working) return { count };
    return { count, p50: wall[0], p90: wall[1], working_p50: working[0], working_p90: working[1] };
  }
}

/** What a number of episodes adds up to. */
export class Tally {
  #count = { new: 0, resolved: 0, answered: 0, bot_alone: 0, handed_off: 0 };
  #rating = { asked: 0, count: 0, sum: 0 };
  #firstReply = new Spans();
  #waiting = new Spans();
  #resolution = new Spans();

  add({ resolved, texts, handedOff, firstReply, waits, asked, rating }: Episode): void {
    const count = this.#count;
    count.new++;
    if (resolved) count.resolved++;
    if (texts.agents > 0) count.answered++;
    else if (texts.bot > 0) count.bot_alone++;
    if (handedOff) count.handed_off++;
    this.#firstReply.add(firstReply);
    this.#waiting.add(waits);
    this.#resolution.add(resolved);
    if (asked || rating) this.#rating.asked++;
    if (!rating) return;
    this.#rating.count++;
    this.#rating.sum += rating.score;
  }

  figures(): ReportFigures {
    return {
      ...this.#count,
      first_reply: this.#firstReply.figures(),
      waiting: this.#waiting.figures(),
      resolution: this.#resolution.figures(),
      rating: { ...this.#rating },
    };
  }
}

/** What the episodes of one day add up to. */
export class DayTally {
  #count = { new: 0, resolved: 0, answered: 0, bot_alone: 0 };
  #rating = { count: 0, sum: 0 };
  #firstReply = new Spans();

  add({ resolved, texts, firstReply, rating }: Episode): void {
    const count = this.#count;
    count.new++;
    if (resolved) count.resolved++;
    if (texts.agents > 0) count.answered++;
    else if (texts.bot > 0) count.bot_alone++;
    this.#firstReply.add(firstReply);
    if (!rating) return;
    this.#rating.count++;
    this.#rating.sum += rating.score;
  }

  figures(date: string): ReportDay {
    return { date, ...this.#count, first_reply: this.#firstReply.figures(), rating: { ...this.#rating } };
  }
}
