import { partWords } from "../words/words.ts";

/** Words of the empty middle. Other languages have them in their one table. */
export const { say } = await partWords({
  today_title: "Nothing open here",
  today_done: "Nothing left that is yours",
  today_date: "Today, {date}",
  today_longest: "Waits longest",
  today_all: "All that wait",
});
