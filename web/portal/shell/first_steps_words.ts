import { partWords } from "../words/words.ts";

/** Words of the first steps. Other languages have them in their one table. */
export const { say } = await partWords({
  start_invite: "Do others answer too?",
  start_invite_text: "Invite a colleague, or go on alone.",
  start_invite_button: "Invite",
  start_invite_done: "{n} people answer here.",
  start_title: "Welcome, {name}",
  start_text: "Four small steps, and you are talking to the people on your website.",
  start_name: "Name your chat and choose its colour",
  start_chat_title: "Title",
  start_colour: "Colour",
  start_embed: "Paste this line on every page of your website",
  start_embed_text: "Right before </body>.",
  start_try: "Try it as a visitor",
  start_try_text: "The test page shows the chat as a visitor sees it. Write something there.",
  start_hear: "See the first message come in",
  start_waiting: "Waiting for the first message…",
  start_done: "It works. Open the conversation",
  test_page: "Open the test page",
});
