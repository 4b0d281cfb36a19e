import { partWords } from "../words/words.ts";

/** Words of the search. Other languages have them in their one table. */
export const { say, count } = await partWords({
  search_all: "Search all messages",
  search_hint: "Words in any order, a phrase in “quotes”",
  search_start: "Find any message, or a visitor by name.",
  search_none: "Nothing holds “{q}”.",
  search_people: "People",
  search_messages: "Messages",
  search_building: "Older messages are still being indexed; more may turn up.",
  search_failed: "The search did not work.",
  more_results: "More results",
  results_one: "{n} result",
  results_other: "{n} results",
});
